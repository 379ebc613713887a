import { setTimeout as pause } from "node:timers/promises";
import { whenChannelsChange } from "#db/channel-notices.ts";
import { isDatabaseAway } from "#db/database-away.ts";
import { findDue } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import { systemClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { log } from "#server/core/log.ts";
import type { Keeper } from "./keep-mailbox.ts";
import { keepMailbox } from "./keep-mailbox.ts";
import { giveLeaseBack, renewEveryMs, takeLease } from "./lease.ts";

export interface Mailboxes {
  /** How many this process reads. */
  held(): number;
  /** Leaves every mailbox, so that another process takes them at once. */
  stop(): Promise<void>;
}

/** Mailboxes that one process reads: each is a connection and what it just fetched. */
const mostHeld = 500;

interface Held extends Keeper {
  tenantId: string;
  /** Resolves when its lease was given back. */
  left: Promise<void>;
  renewedAt: number;
}

/**
 * Reads the mailboxes of every tenant, each in one process at a time: a lease says whose it is, and lapses
 * when its process does. Channels that are added, changed or paused are heard of at once.
 */
export function startMailboxes({
  clock = systemClock,
  lookEveryMs = 5_000,
}: { clock?: Clock; lookEveryMs?: number } = {}): Mailboxes {
  const holder = newId();
  const held = new Map<string, Held>();
  const stopping = new AbortController();
  let woken = new AbortController();
  const unlisten = whenChannelsChange(() => {
    for (const keeper of held.values()) keeper.look();
    woken.abort();
  });
  const contextOf = (tenantId: string) => contextFor(tenantId, { type: "job", name: "mailboxes" }, clock);
  const running = run();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = new AbortController();
      const signal = AbortSignal.any([stopping.signal, woken.signal]);
      try {
        await renewAll();
        await takeFree();
      } catch (error) {
        if (!isDatabaseAway(error)) log.error({ err: error }, "mailboxes could not be looked for");
      }
      await pause(lookEveryMs * (0.8 + Math.random() * 0.4), undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async function renewAll(): Promise<void> {
    const due = [...held].filter(([, one]) => Date.now() - one.renewedAt >= renewEveryMs);
    for (const [channelId, one] of due) {
      const kept = await takeLease(contextOf(one.tenantId), channelId, holder);
      if (kept) one.renewedAt = Date.now();
      else one.stop();
    }
  }

  async function takeFree(): Promise<void> {
    const room = mostHeld - held.size;
    if (room <= 0) return;
    for (const { tenantId, id: channelId } of await findDue("mailboxes", room, clock.now())) {
      if (stopping.signal.aborted || held.has(channelId)) continue;
      const ctx = contextOf(tenantId);
      if (!(await takeLease(ctx, channelId, holder))) continue;
      const keeper = keepMailbox(ctx, channelId, holder);
      const left = keeper.over.then(() => leave(tenantId, channelId));
      held.set(channelId, { ...keeper, tenantId, left, renewedAt: Date.now() });
    }
  }

  async function leave(tenantId: string, channelId: string): Promise<void> {
    await giveLeaseBack(contextOf(tenantId), channelId, holder).catch(() => undefined);
    held.delete(channelId);
  }

  return {
    held: () => held.size,
    stop: async () => {
      unlisten();
      stopping.abort();
      const leaveAll = () => {
        for (const keeper of held.values()) keeper.stop();
      };
      leaveAll();
      await running;
      // One may have been taken meanwhile.
      leaveAll();
      await Promise.all([...held.values()].map((keeper) => keeper.left));
    },
  };
}
