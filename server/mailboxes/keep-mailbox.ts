import { setTimeout as pause } from "node:timers/promises";
import { isDatabaseAway } from "#db/database-away.ts";
import type { Ctx } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import type { OpenChannel } from "#server/domains/channels/index.ts";
import { channelAccess } from "#server/domains/channels/index.ts";
import type { ApiOutcome, Mailbox, Provider } from "#server/providers/contract.ts";
import { providerNamed } from "#server/providers/registry.ts";
import { createBackoff } from "./backoff.ts";
import { LeaseLost, markAway } from "./cursor.ts";
import { noteFullness, noteProblem, noteWorks } from "./mailbox-health.ts";
import { folderReader } from "./read-folder.ts";

/** How often the room that is left is asked for, milliseconds. */
const weighEveryMs = 10 * 60_000;
/** What is under way when the mailbox is left may end within this time, milliseconds; then the line is cut. */
const graceMs = 3_000;

export interface Keeper {
  /** Resolves when the mailbox is not kept any more: stopped, paused, removed, or taken over. */
  over: Promise<void>;
  /** The channel may have changed: looks, and connects anew where it did. */
  look(): void;
  stop(): void;
}

/**
 * Keeps one mailbox read: connected, following what comes, connecting anew with growing pauses where the
 * line breaks. Its trouble stays its own.
 */
export function keepMailbox(ctx: Ctx, channelId: string, holder: string): Keeper {
  const stopping = new AbortController();
  let changed = new AbortController();
  let print = "";
  // What was read before is never held against what was read since.
  let read: Promise<unknown> = Promise.resolve();
  const readNext = <T>(then: (opened: Opened | null) => T): Promise<T> => {
    const next = read.then(() => openChannel(ctx, channelId)).then(then);
    read = next.catch(() => undefined);
    return next;
  };
  const over = keep().catch((error: unknown) => {
    if (!isDatabaseAway(error)) log.error({ err: error, channelId }, "a mailbox is not read any more");
  });

  async function keep(): Promise<void> {
    const backoff = createBackoff();
    try {
      while (!stopping.signal.aborted) {
        const opened = await readNext((now) => {
          changed = new AbortController();
          if (now && printOf(now) !== print) backoff.reset();
          print = now ? printOf(now) : "";
          return now;
        });
        if (!opened) return;
        const signal = AbortSignal.any([stopping.signal, changed.signal]);
        const waitMs = await follow(opened, signal, backoff);
        if (waitMs === null) return;
        await pause(waitMs, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      await markAway(ctx, channelId).catch(() => undefined);
    }
  }

  /** One connection, from its beginning to its end; how long to stay away then. Null: the mailbox is another's. */
  async function follow(
    { channel, provider }: Opened,
    signal: AbortSignal,
    backoff: ReturnType<typeof createBackoff>,
  ): Promise<number | null> {
    const opening = await openedUnless(signal, provider.openMailbox(channel));
    if (!opening) return 0;
    if (opening.outcome !== "ok") {
      const kind =
        opening.outcome === "refused" && (opening.class === "channel" || opening.class === "slow")
          ? opening.class
          : "retry";
      const reason = opening.outcome === "refused" ? opening.code : "provider_unreachable";
      const waitMs = backoff.next(kind);
      // A line that breaks once is no news.
      if (kind === "channel" || backoff.failures() > 1) await noteProblem(ctx, channelId, reason, opening.text);
      return waitMs;
    }
    const began = Date.now();
    const uncut = cutWhenLeft(opening.value, signal);
    try {
      await followOpen(channel, provider, opening.value, signal);
      return 0;
    } catch (error) {
      if (error instanceof LeaseLost) return null;
      log.info(
        { channelId, reason: error instanceof Error ? error.message : String(error) },
        "a mailbox's connection broke off",
      );
      backoff.lived(Date.now() - began);
      return backoff.next("retry");
    } finally {
      uncut();
      await opening.value.close().catch(() => undefined);
    }
  }

  async function followOpen(
    channel: OpenChannel,
    provider: Provider,
    box: Mailbox,
    signal: AbortSignal,
  ): Promise<void> {
    const reader = folderReader(ctx, { channel, provider }, holder, box);
    let weighedAt = -Infinity;
    for (let first = true; !signal.aborted; first = false) {
      await reader.readNew();
      if (first) await noteWorks(ctx, channelId);
      if (Date.now() - weighedAt >= weighEveryMs) {
        weighedAt = Date.now();
        await noteFullness(ctx, channelId, await box.fullness());
      }
      if (!signal.aborted) await box.changed(signal);
    }
  }

  return {
    over,
    look: () => {
      // Deleted, or the database is away: the loop finds out by itself.
      readNext((opened) => {
        if (!opened || printOf(opened) !== print) changed.abort();
      }).catch(() => changed.abort());
    },
    stop: () => stopping.abort(),
  };
}

/** The mailbox once it is open; null where it is not wanted any more by then, which is not waited for. */
async function openedUnless(
  signal: AbortSignal,
  opening: Promise<ApiOutcome<Mailbox>>,
): Promise<ApiOutcome<Mailbox> | null> {
  const left = new Promise<null>((resolve) => {
    signal.addEventListener("abort", () => resolve(null), { once: true });
    if (signal.aborted) resolve(null);
  });
  const opened = await Promise.race([opening, left]);
  if (!opened)
    void opening.then((late) => (late.outcome === "ok" ? late.value.close() : undefined)).catch(() => undefined);
  return opened;
}

/** A server that answers nothing must not hold up the end. Undone by what it answers. */
function cutWhenLeft(box: Mailbox, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const leave = () => {
    timer = setTimeout(() => void box.close().catch(() => undefined), graceMs);
  };
  signal.addEventListener("abort", leave, { once: true });
  return () => {
    signal.removeEventListener("abort", leave);
    clearTimeout(timer);
  };
}

/** What a connection depends on. */
function printOf({ channel }: Opened): string {
  return JSON.stringify([channel.credentials, channel.apiBaseUrl]);
}

interface Opened {
  channel: OpenChannel;
  provider: Provider & Required<Pick<Provider, "openMailbox">>;
}

/** The channel as it is now; null where there is nothing to read any more. */
async function openChannel(ctx: Ctx, channelId: string): Promise<Opened | null> {
  const channel = await channelAccess(ctx, channelId);
  const provider = providerNamed(channel.provider);
  if (!provider?.openMailbox || !channel.enabled || !channel.configured) return null;
  return { channel, provider: { ...provider, openMailbox: provider.openMailbox } };
}
