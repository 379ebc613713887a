import { publish } from "#db/live.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import type { LoggedEvent, LoggedPost } from "#server/domains/webhook-logs/index.ts";
import { drainAtOnce, noteRefusal, noteVerification } from "#server/domains/webhook-logs/index.ts";

/** A channel that is flooded with bad posts is looked at once in this long. */
const lookEveryMs = 60_000;

/** What follows once a post is stored: its events are worked on, and people hear of those that are not. */
export function afterStoring(clock: Clock): (post: LoggedPost) => void {
  const lookedAt = new Map<string, number>();

  function tellHealth(tenantId: string, { channelId, reason }: LoggedEvent): void {
    if (!channelId || (reason !== "signature_mismatch" && reason !== "missing_signature")) return;
    const now = clock.now().getTime();
    if (now - (lookedAt.get(channelId) ?? 0) < lookEveryMs) return;
    lookedAt.set(channelId, now);
    noteRefusal(contextFor(tenantId, { type: "webhook", channelId }, clock), { channelId, reason }).catch(
      (error: unknown) => log.warn({ err: error, channelId }, "a channel's health could not be written"),
    );
  }

  function tellVerification(tenantId: string, { channelId, reason }: LoggedEvent): void {
    if (!channelId) return;
    const ctx = contextFor(tenantId, { type: "webhook", channelId }, clock);
    noteVerification(ctx, { channelId, accepted: reason === null }).catch((error: unknown) =>
      log.warn({ err: error, channelId }, "that an address was verified could not be written"),
    );
  }

  return ({ events }) => {
    for (const [tenantId, own] of Map.groupBy(events, (event) => event.tenantId)) {
      if (!tenantId) continue;
      const [received, others] = [own.filter(isReceived), own.filter((event) => !isReceived(event))];
      drainAtOnce(
        tenantId,
        received.map((event) => event.id),
      );
      if (others.length === 0) continue;
      publish(
        tenantId,
        "webhook_logs",
        others.map((event) => event.id),
      );
      for (const event of others) {
        if (event.type === "handshake") tellVerification(tenantId, event);
        else tellHealth(tenantId, event);
      }
    }
  };
}

function isReceived(event: LoggedEvent): boolean {
  return event.status === "received";
}
