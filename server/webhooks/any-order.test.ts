import fc from "fast-check";
import { expect, test } from "vitest";
import { createChannel, createTenant } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { logsOf, post, rowsOf, startEdge } from "./testing.ts";

await testDatabase();
const { url, drain } = await startEdge();
const nine = 1_795_150_800;

/** What happens in a shop, second by second: each event has a time of its own. */
interface Happening {
  list: "messages" | "statuses" | "message_echoes";
  item: Record<string, unknown>;
}

const statuses = ["sent", "delivered", "read", "failed"] as const;
const step = fc.record({
  person: fc.nat({ max: 3 }),
  target: fc.nat({ max: 5 }),
  what: fc.constantFrom(
    "message",
    "message",
    "message",
    "echo",
    "status",
    "status",
    "reaction",
    "unreaction",
    "edit",
    "revoke",
  ),
  status: fc.constantFrom(...statuses),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The happenings of a history, and what must be true after all of them, in whatever order they are told. */
function historyOf(run: number, steps: readonly Step[]) {
  const happenings: Happening[] = [];
  const said = new Map<
    string,
    { person: number; out: boolean; text: string; rank: number; revoked: boolean; reaction: string | null }
  >();
  const inbound = () => [...said].filter(([, one]) => !one.out);
  const echoes = () => [...said].filter(([, one]) => one.out);
  const pick = <T>(list: T[], nth: number) => list[nth % Math.max(1, list.length)];
  steps.forEach(({ person, target, what, status }, at) => {
    const id = `wamid.${run}.${at}`;
    const base = { from: `3363998400${person}`, id, timestamp: String(nine + at) };
    const aim = pick(inbound(), target);
    switch (what) {
      case "message":
        said.set(id, { person, out: false, text: `dit ${at}`, rank: 0, revoked: false, reaction: null });
        happenings.push({ list: "messages", item: { ...base, type: "text", text: { body: `dit ${at}` } } });
        return;
      case "echo":
        said.set(id, { person, out: true, text: `écho ${at}`, rank: 1, revoked: false, reaction: null });
        happenings.push({
          list: "message_echoes",
          item: { ...base, from: "15550001111", to: base.from, type: "text", text: { body: `écho ${at}` } },
        });
        return;
      case "status": {
        const sent = pick(echoes(), target);
        if (!sent) return;
        sent[1].rank = Math.max(sent[1].rank, statuses.indexOf(status) + 1);
        happenings.push({
          list: "statuses",
          item: { id: sent[0], status, timestamp: base.timestamp, recipient_id: `3363998400${sent[1].person}` },
        });
        return;
      }
      case "reaction":
      case "unreaction":
        if (!aim) return;
        aim[1].reaction = what === "reaction" ? `👍${at}` : null;
        happenings.push({
          list: "messages",
          item: {
            ...base,
            from: `3363998400${aim[1].person}`,
            type: "reaction",
            reaction: { message_id: aim[0], ...(what === "reaction" ? { emoji: `👍${at}` } : {}) },
          },
        });
        return;
      case "edit":
        if (!aim || aim[1].revoked) return;
        aim[1].text = `corrigé ${at}`;
        happenings.push({
          list: "messages",
          item: {
            ...base,
            from: `3363998400${aim[1].person}`,
            type: "edit",
            edit: { original_message_id: aim[0], message: { type: "text", text: { body: `corrigé ${at}` } } },
          },
        });
        return;
      default:
        if (!aim) return;
        aim[1].revoked = true;
        happenings.push({
          list: "messages",
          item: {
            ...base,
            from: `3363998400${aim[1].person}`,
            type: "revoke",
            revoke: { original_message_id: aim[0] },
          },
        });
    }
  });
  return { happenings, said };
}

/** A post of Meta's holding these happenings, each in a change of its own. */
function postOf(credentials: Record<string, string>, happenings: readonly Happening[]): string {
  const metadata = { phone_number_id: credentials.phone_number_id, display_phone_number: "15550001111" };
  const changes = happenings.map(({ list, item }) => ({
    field: list === "message_echoes" ? "smb_message_echoes" : "messages",
    value: { messaging_product: "whatsapp", metadata, [list]: [item] },
  }));
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: credentials.business_account_id, changes }],
  });
}

let runs = 0;

test("shuffled, repeated and told many at a time, a history comes out the same", async () => {
  const told = fc.record({
    steps: fc.array(step, { minLength: 15, maxLength: 60 }),
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
    perPost: fc.integer({ min: 1, max: 7 }),
  });
  await fc.assert(
    fc.asyncProperty(told, async ({ steps, seed, perPost }) => {
      const tenant = await createTenant();
      const channel = await createChannel(tenant);
      const { happenings, said } = historyOf(++runs, steps);
      const twice = shuffled([...happenings, ...happenings], seed);
      const posts = Array.from({ length: Math.ceil(twice.length / perPost) }, (_, at) =>
        twice.slice(at * perPost, (at + 1) * perPost),
      );
      const answers = await Promise.all(
        posts.map((some) =>
          post(`${url}/webhooks/whatsapp`, postOf(channel.credentials, some), channel.credentials.app_secret!),
        ),
      );
      expect(answers.every((answer) => answer.status === 200)).toBe(true);
      await drain.emptied(tenant.tenantId);

      const logs = await logsOf(tenant);
      expect(logs).toHaveLength(twice.length);
      // A status is known by its message and its word: told twice it is the same event.
      const different = new Set(happenings.map(({ item }) => `${String(item.id)} ${String(item.status)}`));
      expect(logs.filter((row) => row.status === "duplicate")).toHaveLength(twice.length - different.size);
      expect(logs.filter((row) => row.status === "processed" && row.reason !== null)).toEqual([]);

      const rows = await rowsOf<Record<string, never>>(tenant, "messages");
      expect(rows).toHaveLength(said.size);
      for (const row of rows) {
        const expected = said.get(row.external_id!)!;
        expect(row).toMatchObject({
          direction: expected.out ? "out" : "in",
          text: expected.revoked ? "" : expected.text,
          status: expected.out ? statuses[expected.rank - 1] : "received",
        });
        const reactions = (row.reactions as unknown as { emoji: string }[]).map((reaction) => reaction.emoji);
        expect(reactions).toEqual(expected.revoked || expected.reaction === null ? [] : [expected.reaction]);
      }
      const people = new Set([...said.values()].map((one) => one.person));
      const customers = await rowsOf<{ id: string; total_messages: number; total_conversations: number }>(
        tenant,
        "customers",
      );
      expect(customers).toHaveLength(people.size);
      for (const customer of customers) {
        expect(customer.total_messages).toBe(rows.filter((row) => row.customer_id === customer.id).length);
        expect(customer.total_conversations).toBe(1);
      }
      for (const thread of await rowsOf<Record<string, never>>(tenant, "conversations")) {
        const own = rows.filter((row) => row.conversation_id === thread.id);
        const unread = own.filter((row) => row.direction === "in");
        expect([thread.message_count, thread.unread_count]).toEqual([own.length, unread.length]);
      }
    }),
    { numRuns: 12 },
  );
});

/** Fisher and Yates, with a small generator so that a failure can be shown again. */
function shuffled<T>(list: T[], seed: number): T[] {
  let state = seed + 1;
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = next(at + 1);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}
