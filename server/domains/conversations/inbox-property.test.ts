import fc from "fast-check";
import { expect, test } from "vitest";
import { createChannel, createMember, createTenant, systemCtx } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { createLabel } from "#server/domains/labels/save-label.ts";
import { blockSender, unblockSender } from "./block-sender.ts";
import {
  archiveConversation,
  markSpam,
  reopenConversation,
  resolveConversation,
} from "./change-conversation-status.ts";
import { countConversations, forgetConversationCounts } from "./count-conversations.ts";
import { labelConversation } from "./label-conversation.ts";
import { listConversations } from "./list-conversations.ts";
import { markConversationRead } from "./mark-read.ts";
import { receiveMessages } from "./receive-messages.ts";
import type { ConversationView } from "./schemas.ts";
import { conversationViews } from "./schemas.ts";
import { snoozeConversation } from "./snooze-conversation.ts";
import { rowsOf, wordsOf } from "./testing.ts";
import { undoConversationChange } from "./undo-change.ts";
import { wakeConversations } from "./wake-conversations.ts";

await testDatabase();

const people = ["+33639981001", "+33639981002"];
const steps = [
  "write",
  "write",
  "write",
  "answer",
  "read",
  "snooze",
  "hour",
  "day",
  "resolve",
  "reopen",
  "archive",
  "unarchive",
  "label",
  "unlabel",
  "spam",
  "block",
  "unblock",
  "undo",
] as const;
type Step = { does: (typeof steps)[number]; who: number; late: boolean };

/** What one conversation should show, by hand: a model of the rules, kept apart from how they are written down. */
interface Told {
  id: string;
  messages: { at: number; from: "in" | "out"; read: boolean; quiet: boolean }[];
  stands: "open" | "snoozed" | "resolved" | "spam";
  archived: boolean;
  until: number | null;
  blocked: boolean;
  labelled: boolean;
}
type Stand = Pick<Told, "stands" | "archived" | "until">;

test("whatever happens, what conversations show is what a recount of their history says", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ does: fc.constantFrom(...steps), who: fc.nat(people.length - 1), late: fc.boolean() }), {
        minLength: 5,
        maxLength: 30,
      }),
      (history) => play(history as Step[]),
    ),
    { numRuns: 40 },
  );
});

async function play(history: readonly Step[]): Promise<void> {
  const tenant = await createTenant({ timezone: "Europe/Paris" });
  const clock = fixedClock("2026-11-20T09:00:00Z");
  const channel = await createChannel(tenant);
  const { ctx } = await createMember(tenant, "manager", { clock });
  const { labelId } = await createLabel(ctx, { name: "Garantie" });
  const edge = systemCtx(tenant, clock);
  const { message } = wordsOf(channel);
  const told = new Map<number, Told>();
  const undos: { who: number; eventId: string; before: Stand; after: Stand }[] = [];

  for (const [at, { does, who, late }] of history.entries()) {
    clock.advance(60_000);
    const one = told.get(who);
    if (does === "hour" || does === "day") {
      clock.advance(does === "hour" ? 3_600_000 : 86_400_000);
      await wakeConversations(
        edge,
        [...told.values()].map(({ id }) => id),
      );
      for (const each of told.values())
        if (each.until !== null && each.until <= clock.now().getTime()) stand(each, open);
      continue;
    }
    if (does === "write" || does === "answer") {
      // What is late was said before everything else: order never matters.
      const seconds = late ? 500 - at : 1_000 + at * 60;
      const direction = does === "write" ? "in" : "out";
      const [received] = await receiveMessages(edge, [
        message(`wamid.${at}`, { phone: people[who]!, seconds, direction }),
      ]);
      const known = one ?? { id: received!.conversationId!, messages: [], blocked: false, labelled: false, ...open };
      told.set(who, known);
      const quiet = direction === "in" && (known.blocked || known.stands === "spam");
      known.messages.push({ at: seconds, from: direction, read: direction === "out" || quiet, quiet });
      if (direction === "in" && !quiet && (known.stands !== "open" || known.archived)) stand(known, open);
      continue;
    }
    if (!one) continue;
    const ref = { conversationId: one.id };
    const before = standOf(one);
    const changed = (change: { eventId: string | null }, after: Partial<Stand>) => {
      if (!change.eventId) return;
      stand(one, { ...before, ...after });
      undos.push({ who, eventId: change.eventId, before, after: standOf(one) });
    };
    if (does === "read") {
      await markConversationRead(ctx, ref);
      one.messages.forEach((each) => (each.read = true));
    } else if (does === "snooze")
      changed(await snoozeConversation(ctx, { ...ref, until: "three_hours" }), {
        stands: "snoozed",
        archived: false,
        until: clock.now().getTime() + 3 * 3_600_000,
      });
    else if (does === "resolve") changed(await resolveConversation(ctx, ref), { stands: "resolved", until: null });
    else if (does === "reopen") changed(await reopenConversation(ctx, ref), open);
    else if (does === "archive")
      changed(await archiveConversation(ctx, ref), { archived: true, stands: "resolved", until: null });
    else if (does === "unarchive")
      changed(await archiveConversation(ctx, { ...ref, archived: false }), { archived: false });
    else if (does === "spam") changed(await markSpam(ctx, ref), { ...open, stands: "spam" });
    else if (does === "label" || does === "unlabel") {
      await labelConversation(ctx, { ...ref, labelId, on: does === "label" });
      one.labelled = does === "label";
    } else if (does === "block") {
      await blockSender(ctx, ref);
      if (!one.blocked && !one.archived && one.stands !== "resolved")
        stand(one, { ...before, stands: "spam", until: null });
      one.blocked = true;
    } else if (does === "unblock") {
      await unblockSender(ctx, ref);
      if (one.blocked && !one.archived && one.stands === "spam") stand(one, open);
      one.blocked = false;
    } else {
      const undo = undos.pop();
      if (!undo) continue;
      const target = told.get(undo.who)!;
      const still = JSON.stringify(standOf(target)) === JSON.stringify(undo.after);
      const tried = undoConversationChange(ctx, { conversationId: target.id, eventId: undo.eventId });
      if (still) await tried;
      else await expect(tried).rejects.toMatchObject({ reason: "changed_meanwhile" });
      if (still) stand(target, undo.before);
    }
  }
  await compare(tenant, ctx, told, labelId);
}

const open: Stand = { stands: "open", archived: false, until: null };
const stand = (one: Told, to: Stand) => Object.assign(one, to);
const standOf = ({ stands, archived, until }: Told): Stand => ({ stands, archived, until });

async function compare(tenant: { tenantId: string }, ctx: Ctx, told: Map<number, Told>, labelId: string) {
  const rows = await rowsOf<Record<string, unknown> & { id: string }>(tenant, "conversations");
  const known = [...told.values()];
  for (const one of known) {
    const row = rows.find(({ id }) => id === one.id)!;
    const times = (from: "in" | "out") => one.messages.filter((each) => each.from === from).map(({ at }) => at);
    const answered = Math.max(-Infinity, ...times("out"));
    const waiting = one.messages.filter(({ from, quiet, at }) => from === "in" && !quiet && at > answered);
    expect({
      messages: row["message_count"],
      unread: row["unread_count"],
      last: secondsOf(row["last_message_at"]),
      waiting: secondsOf(row["waiting_since"]),
      status: row["status"],
      archived: row["archived"],
      snoozed: row["snoozed_until"] !== null,
    }).toEqual({
      messages: one.messages.length,
      unread: one.messages.filter(({ from, read }) => from === "in" && !read).length,
      last: Math.max(...one.messages.map(({ at }) => at)),
      waiting: waiting.length > 0 ? Math.min(...waiting.map(({ at }) => at)) : null,
      status: one.stands,
      archived: one.archived,
      snoozed: one.until !== null,
    });
  }
  const inView = (view: ConversationView) => known.filter((one) => viewsOf(one).includes(view)).map(({ id }) => id);
  for (const view of conversationViews) {
    const shown = (await listConversations(ctx, { view })).rows.map(({ id }) => id);
    expect([view, shown.toSorted()]).toEqual([view, inView(view).toSorted()]);
  }
  const labelled = (await listConversations(ctx, { filter: { labelId } })).rows.map(({ id }) => id);
  const bearing = known.filter((one) => one.labelled && viewsOf(one).includes("open")).map(({ id }) => id);
  expect(labelled.toSorted()).toEqual(bearing.toSorted());
  forgetConversationCounts(tenant.tenantId);
  expect(await countConversations(ctx)).toEqual({
    mine: 0,
    unassigned: inView("open").length,
    open: inView("open").length,
  });
}

function viewsOf({ stands, archived }: Told): ConversationView[] {
  if (archived) return ["archived"];
  return stands === "open" ? ["open", "unassigned"] : [stands];
}

function secondsOf(at: unknown): number | null {
  return at instanceof Date ? (at.getTime() - Date.UTC(2026, 10, 20, 9)) / 1000 : null;
}
