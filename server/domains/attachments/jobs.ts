import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { channelAccess } from "#server/domains/channels/index.ts";
import { fetchFromMail } from "#server/domains/mail/index.ts";
import { defineJob, definePeriodic } from "#server/jobs/define-job.ts";
import type { MediaOutcome } from "#server/providers/contract.ts";
import { providerNamed } from "#server/providers/registry.ts";
import type { BegunFile } from "./begin-fetching.ts";
import { beginFetching } from "./begin-fetching.ts";
import { emptyRemovals } from "./empty-removals.ts";
import { mostBytesOf } from "./limits.ts";
import { fetchQueue } from "./queues.ts";
import { recordNotKept, recordTryFailed } from "./record-not-fetched.ts";
import { removeUnusedUploads } from "./remove-unused-uploads.ts";
import { storeFetched } from "./store-fetched.ts";
import { sweepFiles } from "./sweep-files.ts";

/** Fetches one file of a message while its provider has it. Two at once: each may be large. */
export const fetchAttachmentJob = defineJob({
  queue: fetchQueue,
  concurrency: 2,
  handler: ({ tenantId, attachmentId }, { clock }) => fetchFile(jobContext(tenantId, clock), attachmentId),
});

/** Files that lost their job get a new one. */
export const sweepAttachmentsJob = definePeriodic({
  name: "sweep waiting files",
  everyMs: 60_000,
  run: ({ clock }) => sweepFiles(clock, (tenantId) => jobContext(tenantId, clock)),
});

export const removeUnusedUploadsJob = definePeriodic({
  name: "remove unused uploads",
  everyMs: 3_600_000,
  run: ({ clock }) => removeUnusedUploads(clock, (tenantId) => jobContext(tenantId, clock)),
});

export const emptyRemovalsJob = definePeriodic({
  name: "remove files of erased rows",
  everyMs: 60_000,
  run: ({ clock }) => emptyRemovals(clock, (tenantId) => jobContext(tenantId, clock)),
});

const jobContext = (tenantId: string, clock: Clock) =>
  contextFor(tenantId, { type: "job", name: fetchQueue.name }, clock);

async function fetchFile(ctx: Ctx, attachmentId: string): Promise<void> {
  const file = await beginFetching(ctx, attachmentId);
  if (!file) return;
  const outcome = await fetchMedia(ctx, file);
  switch (outcome.outcome) {
    case "fetched": {
      const stored = await storeFetched(ctx, file, outcome);
      if (stored === "damaged") await recordTryFailed(ctx, file, { reason: "damaged", text: "sha256 differs" });
      return;
    }
    case "retry":
      return recordTryFailed(ctx, file, { reason: "unreachable", ...outcome });
    case "expired":
      return recordNotKept(ctx, file, { status: "expired", reason: "expired", text: outcome.text });
    case "refused":
      // Credentials can be mended: a member may ask again.
      return recordNotKept(
        ctx,
        file,
        outcome.reason === "channel"
          ? { status: "failed", reason: "channel", text: outcome.text }
          : { status: "refused", reason: reasons[outcome.reason], text: outcome.text },
      );
  }
}

const reasons = { too_large: "too_large", not_found: "provider_refused" } as const;

async function fetchMedia(ctx: Ctx, { channelId, media }: BegunFile): Promise<MediaOutcome> {
  const fromMail = await fetchFromMail(ctx, media, mostBytesOf[media.kind]);
  if (fromMail) return fromMail;
  let access: Awaited<ReturnType<typeof channelAccess>>;
  try {
    access = await channelAccess(ctx, channelId);
  } catch {
    return { outcome: "refused", reason: "channel", text: "the channel's credentials could not be opened" };
  }
  const provider = providerNamed(access.provider);
  if (!provider?.fetchMedia)
    return { outcome: "refused", reason: "not_found", text: "this provider hands over no files" };
  return provider.fetchMedia(access, media, mostBytesOf[media.kind]);
}
