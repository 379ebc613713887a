import { eq } from "drizzle-orm";
import { customers } from "#db/schema/customers.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { chooseWay } from "./choose-way.ts";
import type { PersonWay } from "./find-ways.ts";
import { findWays } from "./find-ways.ts";
import { listPerson } from "./list-person.ts";
import type { ScheduledSummary } from "./list-scheduled.ts";
import { listScheduledOf } from "./list-scheduled.ts";
import type { Thread } from "./list-thread.ts";
import type { OpenComposer } from "./open-conversation.ts";
import { openComposer } from "./open-conversation.ts";
import type { OpenPersonInput } from "./schemas.ts";

export interface OpenPerson {
  customer: { id: string; name: string };
  /** The latest of what was said with them, on every channel. */
  thread: Thread;
  /** By which they can be answered, the one they wrote by last first; empty for who never wrote and was never written to. */
  ways: PersonWay[];
  /** The one that is taken unless somebody picks another; null where none is free. */
  best: string | null;
  /** What is needed to write by the way that was picked, or by the best; by the first where nothing may be sent. */
  composer: Omit<OpenComposer, "scheduled"> | null;
  /** What leaves later on any channel, and what could not. */
  scheduled: ScheduledSummary[];
}

/**
 * All that the page of a person's conversations shows, in one transaction and a number of statements that no history
 * makes larger. `not_found` for a customer of another business, and for a way that is not theirs.
 */
export async function openPerson(ctx: Ctx, { customerId, via = null }: OpenPersonInput): Promise<OpenPerson> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const [[customer], ways, scheduled, thread] = await Promise.all([
      tx.select({ id: customers.id, name: customers.displayName }).from(customers).where(eq(customers.id, customerId)),
      findWays(ctx, tx, { customerId, via }),
      listScheduledOf(inner, { customerId }),
      listPerson(inner, { customerId }),
    ]);
    if (!customer) throw notFound();
    const best = chooseWay(ways)?.conversationId ?? null;
    const taken = via ?? best ?? ways[0]?.conversationId ?? null;
    if (via && !ways.some(({ conversationId }) => conversationId === via)) throw notFound();
    const composer = taken === null ? null : await openComposer(inner, { conversationId: taken });
    return { customer, thread, ways, best, composer, scheduled };
  });
}
