import { describe, expect, test } from "vitest";
import type { MadeChannel } from "#db/factories.ts";
import { createChannel, createTenant } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { withTenant } from "#db/tenant.ts";
import { contextFor } from "#server/core/context.ts";
import { systemClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { replyAddress } from "#server/mail/index.ts";
import { parseMail } from "#server/mail/parse-mail.ts";
import { readMail } from "#server/mail/read-mail.ts";
import { receiveMessages } from "./receive-messages.ts";

await testDatabase();

const own = "bonjour@atelier.example";
const day = Date.parse("2026-11-20T09:00:00Z");

interface Written {
  id: string;
  from: string;
  to?: string;
  subject?: string;
  inReplyTo?: string;
  references?: string[];
  text?: string;
  headers?: string[];
  minute?: number;
}

async function eventOf(mail: Written) {
  const lines = [
    `Message-ID: <${mail.id}>`,
    `From: ${mail.from}`,
    `To: ${mail.to ?? own}`,
    `Subject: ${mail.subject ?? "Une question"}`,
    `Date: ${new Date(day + (mail.minute ?? 0) * 60_000).toUTCString()}`,
    ...(mail.inReplyTo ? [`In-Reply-To: <${mail.inReplyTo}>`] : []),
    ...(mail.references ? [`References: ${mail.references.map((id) => `<${id}>`).join(" ")}`] : []),
    ...(mail.headers ?? []),
  ];
  const raw = `${lines.join("\r\n")}\r\n\r\n${mail.text ?? "Bonjour"}\r\n`;
  const { payload } = await readMail(new TextEncoder().encode(raw));
  const { event } = parseMail(payload, new Date(day + 86_400_000), [own]);
  if (event.kind !== "message") throw new Error(event.kind);
  return event;
}

async function mailbox() {
  const tenant = await createTenant();
  const channel = await createChannel(tenant);
  const ctx = contextFor(tenant.tenantId, { type: "webhook", channelId: channel.channelId }, systemClock);
  return {
    channel,
    ctx,
    receive: async (...mails: Written[]) => {
      const events = await Promise.all(mails.map(eventOf));
      return receiveMessages(
        ctx,
        events.map((event) => ({ channelId: channel.channelId, webhookLogId: null, event })),
      );
    },
    conversations: () => conversationsOf(channel),
  };
}

function conversationsOf({ tenantId, channelId }: MadeChannel) {
  return withTenant({ tenantId }, (tx) =>
    tx.raw.unsafe<
      { id: string; subject: string | null; participants: string[]; status: string; waiting: boolean; count: number }[]
    >(
      `select id, subject, participants, status, waiting_since is not null as waiting, message_count as count
         from conversations where channel_id = $1 order by created_at, id`,
      [channelId],
    ),
  );
}

const ids = (name: string) => `${name}-${newId()}@client.example`;

describe("mails find their conversation", () => {
  test("by what they answer, whatever the subject, with everybody who is in it", async () => {
    const { receive, conversations } = await mailbox();
    const [first, second] = [ids("a"), ids("b")];
    await receive({ id: first, from: "Inès <ines@client.example>", subject: "Devis" });
    await receive({
      id: second,
      from: "ines@client.example",
      subject: "Autre chose",
      inReplyTo: first,
      headers: ["Cc: paul@client.example"],
    });
    await receive({ id: ids("c"), from: "paul@client.example", references: [first, second] });
    expect(await conversations()).toMatchObject([
      { subject: "Devis", count: 3, participants: ["ines@client.example", "paul@client.example"] },
    ]);
  });

  test("never by subject, and never into a thread that the sender is not in", async () => {
    const { receive, conversations } = await mailbox();
    const first = ids("a");
    await receive({ id: first, from: "ines@client.example", subject: "Lettre" });
    await receive({ id: ids("b"), from: "ines@client.example", subject: "Lettre" });
    await receive({ id: ids("c"), from: "curieux@ailleurs.example", inReplyTo: first });
    expect((await conversations()).map(({ count }) => count)).toEqual([1, 1, 1]);
  });

  test("by the token of our reply address, from a program that forgets what it answers", async () => {
    const { receive, conversations } = await mailbox();
    const [opened] = await receive({ id: ids("a"), from: "ines@client.example" });
    const to = replyAddress(own, opened!.conversationId!);
    await receive({ id: ids("b"), from: "ines@client.example", to });
    await receive({ id: ids("c"), from: "curieux@ailleurs.example", to });
    expect((await conversations()).map(({ count }) => count)).toEqual([2, 1]);
  });

  test.each([
    ["child and parent in one batch", [[1, 0, 2]]],
    ["the child long before its parent", [[2], [1], [0]]],
    ["the middle last", [[0], [2], [1]]],
  ])("when they overtook one another: %s", async (_, batches) => {
    const { receive, conversations } = await mailbox();
    const [a, b, c] = [ids("a"), ids("b"), ids("c")];
    const mails: Written[] = [
      { id: a, from: "ines@client.example", minute: 0 },
      { id: b, from: "ines@client.example", inReplyTo: a, references: [a], minute: 1 },
      { id: c, from: "ines@client.example", inReplyTo: b, references: [a, b], minute: 2 },
    ];
    for (const batch of batches) await receive(...batch.map((at) => mails[at]!));
    expect((await conversations()).map(({ count }) => count)).toEqual([3]);
  });

  test("a repeated mail is a duplicate and opens nothing", async () => {
    const { receive, conversations } = await mailbox();
    const mail = { id: ids("a"), from: "ines@client.example" };
    expect((await receive(mail, mail)).map(({ outcome }) => outcome)).toEqual(["received", "duplicate"]);
    expect((await receive(mail))[0]?.outcome).toBe("duplicate");
    expect((await conversations()).map(({ count }) => count)).toEqual([1]);
  });

  test("as many statements for many mails as for one", async () => {
    const { ctx, channel } = await mailbox();
    const count = async (mails: number) => {
      const events = await Promise.all(
        Array.from({ length: mails }, (_, at) =>
          eventOf({ id: ids(String(at)), from: `${newId()}@client.example`, inReplyTo: ids("x") }),
        ),
      );
      return withTenant(ctx, async (tx) => {
        let statements = 0;
        const execute = tx.execute.bind(tx);
        Object.assign(tx, { execute: (query: never) => (statements++, execute(query)) });
        await receiveMessages(
          { ...ctx, tx },
          events.map((event) => ({ channelId: channel.channelId, webhookLogId: null, event })),
        );
        return statements;
      });
    };
    expect(await count(20)).toBe(await count(1));
  });
});

test("a program's answer neither waits, opens a ticket, nor wakes a resolved thread", async () => {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { autoTicketRule: "reopened_conversation" } as never);
  const ctx = contextFor(tenant.tenantId, { type: "webhook", channelId: channel.channelId }, systemClock);
  const event = await eventOf({ id: ids("a"), from: "ines@client.example", headers: ["Auto-Submitted: auto-replied"] });
  const [received] = await receiveMessages(ctx, [{ channelId: channel.channelId, webhookLogId: null, event }]);
  expect(received).toMatchObject({ outcome: "received", ticketId: null });
  expect(await conversationsOf(channel)).toMatchObject([{ waiting: false, count: 1 }]);
});

test("what a mail carries beside its text is kept, and harmless", async () => {
  const { receive, channel } = await mailbox();
  const html = `<p onclick="x()">Bonjour<script>alert(1)</script></p>`;
  await receive({ id: ids("a"), from: "ines@client.example", headers: ["Content-Type: text/html"], text: html });
  const rows = await withTenant(channel, (tx) => tx.raw.unsafe<{ html: string }[]>("select html from mail_bodies"));
  expect([...rows]).toEqual([{ html: "<p>Bonjour</p>" }]);
});
