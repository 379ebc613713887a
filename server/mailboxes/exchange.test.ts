import { afterAll, describe, expect, test } from "vitest";
import { simpleParser } from "mailparser";
import { createTransport } from "nodemailer";
import { createMember } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { replyToConversation } from "#server/domains/conversations/reply-to-conversation.ts";
import { sendMessageJob } from "#server/domains/conversations/jobs.ts";
import { startJobs } from "#server/jobs/start-jobs.ts";
import { mailText, needsDovecot, openMailTests, openShop, readMailboxes } from "./testing.ts";
import { startDovecot } from "./testing-dovecot.ts";
import type { TakenMail } from "./testing-smtp.ts";
import { startSmtp } from "./testing-smtp.ts";

const database = await testDatabase();
const shopAddress = "bonjour@shop.example";

/** A mail as its receiver sees it. */
interface ReadMail {
  id: string;
  to: string;
  replyTo: string;
  inReplyTo: string;
  references: string[];
  text: string;
  subject: string;
  automatic: boolean;
}

describe.runIf(needsDovecot())("an exchange of forty mails with a real Dovecot and SMTP", async () => {
  const authority = openMailTests();
  const certificate = authority.issue("localhost");
  const dovecot = await startDovecot({ [shopAddress]: "secret" }, certificate);
  const smtp = await startSmtp("secret", certificate, (mail) => deliver(mail));
  const jobs = await startJobs({ directUrl: database.appUrl, jobs: [sendMessageJob], periodic: [] });
  afterAll(async () => {
    await jobs.stop();
    await smtp.close();
    await dovecot.close();
  });
  const shop = await openShop(
    {
      address: shopAddress,
      imap_password: "secret",
      imap_port: String(dovecot.port),
      smtp_port: String(smtp.port),
      plus_addressing: "yes",
    },
    { configPublic: { plus_addressing: "yes" } },
  );
  const member = await createMember(shop.tenant);
  readMailboxes();

  /** What was put into the shop's mailbox, and what it sent: kept by the mail host, not by the program. */
  const laidDown: string[] = [];
  const sentByShop: ReadMail[] = [];
  /** The thread that each mail belongs to, as the people who wrote it know. */
  const ledger = new Map<string, string>();

  function deliver({ to, from, bytes }: TakenMail): void {
    if (from === shopAddress) void readMail(bytes).then((mail) => sentByShop.push(mail));
    if (to.some((address) => address.replace(/\+[^@]*/, "") === shopAddress)) {
      laidDown.push(dovecot.deliver(shopAddress, Buffer.concat([Buffer.from(`Return-Path: <${from}>\r\n`), bytes])));
    }
  }

  async function readMail(bytes: Buffer): Promise<ReadMail> {
    const mail = await simpleParser(bytes);
    const addressesOf = (value: typeof mail.to) =>
      [value ?? []].flat().flatMap((one) => one.value.map(({ address }) => address ?? ""));
    return {
      id: mail.messageId ?? "",
      to: addressesOf(mail.to)[0] ?? "",
      replyTo: mail.replyTo?.value[0]?.address ?? shopAddress,
      inReplyTo: mail.inReplyTo ?? "",
      references: [mail.references ?? []].flat(),
      text: (mail.text ?? "").trim(),
      subject: mail.subject ?? "",
      automatic: mail.headers.has("auto-submitted"),
    };
  }

  const outside = createTransport({
    host: "localhost",
    port: smtp.port,
    secure: true,
    auth: { user: "world", pass: "secret" },
  });
  afterAll(() => outside.close());

  interface Written {
    from: string;
    subject?: string;
    id?: string | null;
    to?: string;
    answers?: { id: string; references?: readonly string[] };
    headers?: string[];
    envelopeFrom?: string;
    body?: string;
  }

  const named = (text: string) => `<${text.replaceAll(" ", "-")}@client.example>`;

  /** A customer writes; `thread` is where the mail belongs. */
  async function write(thread: string | null, text: string, mail: Written): Promise<void> {
    const { from, to = shopAddress, subject = "Commande", answers, headers = [], id = named(text).slice(1, -1) } = mail;
    if (thread !== null) ledger.set(text, thread);
    const line = answers
      ? [`In-Reply-To: ${answers.id}`, `References: ${[...(answers.references ?? []), answers.id].join(" ")}`]
      : [];
    const raw = mail.body ?? mailText({ id, from, to, subject, text, headers: [...line, ...headers] });
    await outside.sendMail({ envelope: { from: mail.envelopeFrom ?? from, to: [to] }, raw });
  }

  async function arrived(text: string): Promise<void> {
    await expect.poll(async () => (await shop.messages()).some((row) => row.text === text)).toBe(true);
  }

  /** The shop answers the conversation that this mail is in; resolves to what its receiver sees. */
  async function answer(customersText: string, text: string, cc?: string[]): Promise<ReadMail> {
    await arrived(customersText);
    const row = (await shop.messages()).find((one) => one.text === customersText)!;
    ledger.set(text, ledger.get(customersText)!);
    const input = { conversationId: row.conversation_id, text, idempotencyKey: newId(), ...(cc ? { cc } : {}) };
    const { messageId } = await replyToConversation(member.ctx, input);
    await expect.poll(() => sentByShop.some((mail) => mail.text === text)).toBe(true);
    await expect.poll(async () => (await shop.messages()).find(({ id }) => id === messageId)?.status).toBe("sent");
    return sentByShop.find((mail) => mail.text === text)!;
  }

  const reply = (mail: ReadMail) => ({ id: mail.id, references: mail.references });

  test("ends in the right threads, with no loop and no duplicate", async () => {
    await expect
      .poll(async () => (await shop.rows<{ mode: string }>("select mode from mail_folders"))[0]?.mode)
      .toBe("idle");
    const [alix, bruno, chloe, dana, evan, fred] = ["alix", "bruno", "chloe", "dana", "evan", "fred"].map(
      (name) => `${name}@client.example`,
    ) as [string, string, string, string, string, string];

    // Two conversations of one person under one subject, and one of another.
    await write("alix, a lamp", "alix 1", { from: alix });
    await write("bruno", "bruno 1", { from: bruno });
    const r1 = await answer("alix 1", "réponse 1");
    await write("alix, a lamp", "alix 2", { from: alix, subject: r1.subject, answers: reply(r1) });
    await write("alix, a vase", "alix 3", { from: alix });
    const r2 = await answer("alix 2", "réponse 2", ["marie@client.example"]);
    await write("alix, a lamp", "marie 1", { from: "marie@client.example", subject: r2.subject, answers: reply(r2) });
    await write("alix, a lamp", "alix 4", { from: alix, subject: r2.subject, answers: reply(r2) });
    const r3 = await answer("alix 3", "réponse 3");
    await write("alix, a vase", "alix 5", { from: alix, subject: r3.subject, answers: reply(r3) });

    // Mails that overtake one another: the last one first.
    const chain = [1, 2, 3].map((at) => ({
      id: named(`chloe ${at}`),
      references: [1, 2].slice(0, at - 1).map((one) => named(`chloe ${one}`)),
    }));
    await write("chloe", "chloe 3", { from: chloe, answers: chain[1]! });
    await write("chloe", "chloe 2", { from: chloe, answers: chain[0]! });
    await write("chloe", "chloe 1", { from: chloe });
    await arrived("chloe 1");
    const r4 = await answer("chloe 3", "réponse 4");
    await write("chloe", "chloe 4", { from: chloe, answers: reply(r4) });

    // A mail without a name of its own, and what follows it.
    await write("dana", "dana 1", { from: dana, id: null });
    const r5 = await answer("dana 1", "réponse 5");
    await write("dana", "dana 2", { from: dana, answers: reply(r5) });

    // Two people answer one newsletter that was sent from elsewhere; two issues of somebody's newsletter come in.
    const letter = { id: "<lettre-42@envois.example>" };
    await write("dana on the letter", "dana lettre", { from: dana, subject: "Re: Lettre 42", answers: letter });
    await write("bruno on the letter", "bruno lettre", { from: bruno, subject: "Re: Lettre 42", answers: letter });
    await answer("dana lettre", "réponse 6");
    const bulk = ["List-Id: <lettre.envois.example>", "Precedence: bulk"];
    await write("issue 1", "numéro 1", { from: "lettre@envois.example", subject: "Lettre", headers: bulk });
    await write("issue 2", "numéro 2", { from: "lettre@envois.example", subject: "Lettre", headers: bulk });

    // Programs that answer whatever we send.
    const r7 = await answer("bruno 1", "réponse 7");
    const away = { from: bruno, subject: "Absent", answers: reply(r7), envelopeFrom: "" };
    for (const at of [1, 2, 3]) {
      await write("bruno", `absent ${at}`, { ...away, headers: ["Auto-Submitted: auto-replied"] });
    }
    await write("alix, a lamp", "absente", { from: alix, answers: reply(r1), headers: ["X-Autoreply: yes"] });

    // A mail that cannot be delivered.
    await write("evan", "evan 1", { from: evan });
    const r8 = await answer("evan 1", "réponse 8");
    await write(null, "bounce", { from: "mailer-daemon@client.example", envelopeFrom: "", body: bounceOf(r8, evan) });

    // A program that forgets what it answers, but not the address it was given.
    await write("fred", "fred 1", { from: fred, subject: "Question" });
    const r9 = await answer("fred 1", "réponse 9");
    await write("fred", "fred 2", { from: fred, subject: "Tout autre chose", to: r9.replyTo });
    await answer("fred 2", "réponse 10");

    // Somebody who learned the name of a mail of alix's.
    await write("zoe", "zoe 1", { from: "zoe@client.example", answers: { id: named("alix 1") } });

    // What the mail host delivered twice.
    await write("bruno", "bruno 1", { from: bruno });
    await write("chloe", "chloe 1", { from: chloe });
    await write("bruno", "bruno 2", { from: bruno, answers: reply(r7) });
    await write("alix, a vase", "alix 6", { from: alix, answers: { id: named("alix 5"), references: [r3.id] } });

    await expect
      .poll(() => shop.rows("select id from webhook_logs where status not in ('received', 'retrying')"))
      .toHaveLength(laidDown.length);

    const rows = await shop.messages();
    const visible = rows.filter(({ direction }) => direction !== "internal");
    // The threads, by what people know who wrote them: nothing of it was asked of the program.
    expect(groupsOf(visible.map((row) => [row.text, row.conversation_id]))).toEqual(groupsOf([...ledger]));
    expect(visible).toHaveLength(ledger.size);

    // Every mail that was laid down has one row in the log; twice two are known, one tells of another mail.
    const logged = await shop.rows<{ status: string; webhook_type: string }>(
      "select status, webhook_type from webhook_logs",
    );
    expect(dovecot.mailsIn(shopAddress)).toHaveLength(laidDown.length);
    expect(logged.filter(({ status }) => status === "duplicate")).toHaveLength(2);
    expect(logged.filter(({ status }) => status === "processed")).toHaveLength(laidDown.length - 2);
    const inbound = visible.filter(({ direction }) => direction === "in");
    expect(inbound).toHaveLength(laidDown.length - 2 - 1);

    // Ten answers were written by a member; that is all that ever left.
    const sent = smtp.taken.filter(({ from }) => from === shopAddress);
    expect(sent).toHaveLength(10);
    expect(sentByShop.some(({ automatic }) => automatic)).toBe(false);
    expect(new Set(sentByShop.map(({ id }) => id)).size).toBe(10);
    expect(laidDown.length + sent.length).toBeGreaterThanOrEqual(40);
    expect(dovecot.mailsIn(shopAddress, "Sent")).toHaveLength(10);

    // The mail that could not be delivered says so, in words; its conversation is where it was.
    expect(rows.find(({ text }) => text === "réponse 8")).toMatchObject({
      status: "failed",
      error_code: "5.1.1",
      error_message: expect.stringContaining("does not exist"),
    });

    // What is sent carries the whole line, so that any program finds its way.
    expect(r2).toMatchObject({
      subject: "Re: Commande",
      inReplyTo: named("alix 2"),
      references: [named("alix 1"), r1.id, named("alix 2")],
    });
    expect(r5).toMatchObject({ inReplyTo: "", references: [] });
  });
});

/** The groups that texts are in, whatever the groups are called. */
function groupsOf(pairs: readonly (readonly [text: string, group: string])[]): string[][] {
  const groups = Map.groupBy(pairs, ([, group]) => group);
  return [...groups.values()].map((group) => group.map(([text]) => text).toSorted()).toSorted();
}

/** A report of non-delivery by the standard (RFC 3464). */
function bounceOf(mail: ReadMail, receiver: string): string {
  return [
    "Message-ID: <rapport-1@mx.client.example>",
    `Date: ${new Date().toUTCString()}`,
    "From: Mail Delivery System <mailer-daemon@mx.client.example>",
    `To: ${shopAddress}`,
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="parts"',
    "",
    "--parts",
    "Content-Type: text/plain",
    "",
    "Your mail could not be delivered.",
    "--parts",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.client.example",
    "",
    `Final-Recipient: rfc822; ${receiver}`,
    "Action: failed",
    "Status: 5.1.1",
    "Diagnostic-Code: smtp; 550 5.1.1 this mailbox does not exist",
    "",
    "--parts",
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: ${mail.id}`,
    `To: ${receiver}`,
    `Subject: ${mail.subject}`,
    "",
    "--parts--",
    "",
  ].join("\r\n");
}
