import fc from "fast-check";
import { expect, test } from "vitest";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createTenant,
  readCustomer,
  systemCtx,
} from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { DomainError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { listConversations } from "./list-conversations.ts";
import { listThread } from "./list-thread.ts";
import { markConversationRead } from "./mark-read.ts";
import { mergeConversations } from "./merge-conversations.ts";
import { receiveMessages } from "./receive-messages.ts";
import { replyToConversation } from "./reply-to-conversation.ts";
import { at, rowsOf, wordsOf } from "./testing.ts";
import { unmergeConversations } from "./unmerge-conversations.ts";

await testDatabase();

const phones = ["+33639981001", "+33639981002", "+33639981003", "+33639981004"];
const step = fc.record({
  does: fc.constantFrom("write", "write", "write", "answer", "read", "merge", "merge", "part"),
  one: fc.nat(phones.length - 1),
  other: fc.nat(phones.length - 1),
  seconds: fc.integer({ min: 1, max: 500 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One address on paper: what was said by it, and the address that it was merged into. */
interface Told {
  id: string;
  into: number | null;
  said: { text: string; at: number; from: "in" | "out"; read: boolean }[];
}

test("whatever is written, merged and parted, each thread shows and counts what was said by the addresses it holds", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), (history) => play(history)),
    { numRuns: 30 },
  );
});

async function play(history: readonly Step[]): Promise<void> {
  const clock = fixedClock("2026-11-20T09:10:00Z");
  const tenant = await createTenant();
  const { ctx } = await createMember(tenant, "agent", { clock });
  const edge = systemCtx(tenant, clock);
  const channel = await createChannel(tenant);
  const customer = await createCustomer(tenant);
  const { message } = wordsOf(channel);
  const told: Told[] = [];
  for (const addressValue of phones) {
    const { conversationId } = await createConversation(tenant, { channel, customer, addressValue });
    told.push({ id: conversationId, into: null, said: [] });
  }
  const rootOf = (one: number): number => (told[one]!.into === null ? one : rootOf(told[one]!.into!));

  for (const [at_, { does, one, other, seconds }] of history.entries()) {
    clock.advance(1_000);
    const known = told[one]!;
    const text = `n° ${at_}`;
    if (does === "write") {
      await receiveMessages(edge, [message(`wamid.${at_}`, { phone: phones[one]!, seconds, text })]);
      known.said.push({ text, at: at(seconds).getTime(), from: "in", read: false });
    } else if (does === "answer") {
      // Where nobody wrote no window is open.
      if (known.said.every(({ from }) => from === "out")) continue;
      await replyToConversation(ctx, { conversationId: known.id, text, idempotencyKey: newId() });
      known.said.push({ text, at: clock.now().getTime(), from: "out", read: true });
    } else if (does === "read") {
      await markConversationRead(ctx, { conversationId: known.id });
      const root = rootOf(one);
      told.forEach((each, place) => rootOf(place) === root && each.said.forEach((said) => (said.read = true)));
    } else if (does === "merge") {
      const fits = one !== other && known.into === null && told[other]!.into === null;
      const tried = mergeConversations(ctx, { conversationId: known.id, intoId: told[other]!.id });
      if (fits) {
        await tried;
        known.into = other;
      } else await expect(tried).rejects.toThrow(DomainError);
    } else {
      const tried = unmergeConversations(ctx, { conversationId: known.id });
      if (known.into === null) await expect(tried).rejects.toMatchObject({ reason: "not_merged_conversation" });
      else await tried;
      known.into = null;
    }
  }

  const rows = await rowsOf<Record<string, unknown> & { id: string }>(tenant, "conversations");
  for (const [place, { id, into, said: own }] of told.entries()) {
    const row = rows.find((each) => each.id === id)!;
    const holds = told.filter((_, each) => rootOf(each) === place);
    const said = into === null ? holds.flatMap((each) => each.said) : own;
    const newestOut = Math.max(-Infinity, ...said.filter(({ from }) => from === "out").map((one) => one.at));
    const waits = said.filter((one) => one.from === "in" && one.at > newestOut).map((one) => one.at);
    const ownIn = own.filter(({ from }) => from === "in").map((one) => one.at);
    expect({
      status: row["status"],
      thread: row["thread_id"],
      count: row["message_count"],
      unread: row["unread_count"],
      waiting: timeOf(row["waiting_since"]),
      heard: timeOf(row["last_inbound_at"]),
    }).toEqual({
      status: into === null ? "open" : "merged",
      thread: into === null ? null : told[rootOf(place)]!.id,
      count: said.length,
      unread: said.filter(({ read }) => !read).length,
      waiting: waits.length > 0 ? Math.min(...waits) : null,
      heard: ownIn.length > 0 ? Math.max(...ownIn) : null,
    });
    if (into === null) {
      const { messages } = await listThread(ctx, { conversationId: id, limit: 200 });
      const shown = messages.filter(({ direction }) => direction !== "internal").map(({ text }) => text);
      expect(shown.toSorted()).toEqual(said.map(({ text }) => text).toSorted());
      if (said.length > 0) expect(row["last_message_at"]).toEqual(new Date(Math.max(...said.map((one) => one.at))));
    }
  }
  const listed = (await listConversations(ctx)).rows.map(({ id }) => id);
  expect(listed.toSorted()).toEqual(
    told
      .filter(({ into }) => into === null)
      .map(({ id }) => id)
      .toSorted(),
  );
  expect((await readCustomer(customer)).totalConversations).toBe(listed.length);
}

const timeOf = (at_: unknown) => (at_ instanceof Date ? at_.getTime() : null);
