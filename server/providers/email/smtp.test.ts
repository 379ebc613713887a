import { afterAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { simpleParser } from "mailparser";
import { trustTestAuthority } from "#server/mailboxes/testing-certificates.ts";
import { openLine } from "#server/mailboxes/testing-line.ts";
import { startDovecot } from "#server/mailboxes/testing-dovecot.ts";
import { startSmtp } from "#server/mailboxes/testing-smtp.ts";
import { mailText, needsDovecot } from "#server/mailboxes/testing.ts";
import { testConfig } from "#db/factories.ts";
import { useConfig } from "../../core/config.ts";
import type { ChannelAccess, OutboundMail, OutboundMessage } from "../contract.ts";
import { check } from "./check.ts";
import { findSent } from "./find-sent.ts";
import { send } from "./send.ts";

useConfig(testConfig());
const authority = trustTestAuthority();
const certificate = authority.issue("localhost");
const smtp = await startSmtp("secret", certificate);
afterAll(() => smtp.close());
beforeEach(() => {
  smtp.setPassword("secret");
  smtp.refuseReceivers(null);
  smtp.loseAnswers(null);
  smtp.taken.length = 0;
});

const address = "bonjour@atelier.example";

function channel(credentials: Record<string, string> = {}): ChannelAccess {
  return {
    channelId: "c",
    tenantId: "t",
    apiBaseUrl: "",
    credentials: {
      address,
      display_name: "Atelier Lumen",
      imap_host: "localhost",
      imap_port: "1",
      imap_password: "secret",
      smtp_host: "localhost",
      smtp_port: String(smtp.port),
      smtp_security: "tls",
      ...credentials,
    },
  };
}

const answer: OutboundMail = {
  messageId: "<019a.guichet@atelier.example>",
  subject: "Re: Une lampe",
  html: null,
  cc: ["marie@client.example"],
  inReplyTo: "<2@client.example>",
  references: ["<1@client.example>", "<2@client.example>"],
  replyTo: "bonjour+g1@atelier.example",
  automatic: false,
};

function message(changes: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id: "019a",
    to: { kind: "email", value: "alix@client.example" },
    text: "Bonjour,\n\nElle est prête.",
    replyToId: null,
    statusCallbackUrl: null,
    mail: answer,
    ...changes,
  };
}

describe("a mail over real SMTP", () => {
  test("is what was composed: threaded, copied, with its files", async () => {
    const file = {
      kind: "document" as const,
      fileName: "devis été.pdf",
      mimeType: "application/pdf",
      bytes: 4,
      url: "",
      read: () => Promise.resolve(new TextEncoder().encode("%PDF")),
    };
    const sent = await send(channel(), message({ files: [file] }));
    expect(sent).toEqual({ outcome: "accepted", providerMessageId: answer.messageId });
    const [taken] = smtp.taken;
    expect(taken).toMatchObject({ from: address, to: ["alix@client.example", "marie@client.example"] });
    const mail = await simpleParser(taken!.bytes);
    expect(mail).toMatchObject({
      messageId: answer.messageId,
      subject: answer.subject,
      inReplyTo: answer.inReplyTo,
      references: answer.references,
      from: { value: [{ address, name: "Atelier Lumen" }] },
      replyTo: { value: [{ address: "bonjour+g1@atelier.example" }] },
    });
    expect(mail.text?.trim()).toBe("Bonjour,\n\nElle est prête.");
    expect(mail.headers.has("auto-submitted")).toBe(false);
    expect(mail.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
      ["devis été.pdf", "%PDF"],
    ]);
  });

  test("of a program says so, and nobody can add a header with a line break", async () => {
    const subject = "Reçu\r\nBcc: tous@client.example";
    await send(channel({ display_name: "A\r\nX-Evil: 1" }), message({ mail: { ...answer, subject, automatic: true } }));
    const mail = await simpleParser(smtp.taken[0]!.bytes);
    expect(mail.headers.get("auto-submitted")).toBe("auto-replied");
    expect(mail.headers.has("x-evil")).toBe(false);
    expect(mail.headers.has("bcc")).toBe(false);
    expect(smtp.taken[0]!.to).toHaveLength(2);
  });

  test.each([
    ["550 5.1.1 User unknown", "permanent", "no_such_address"],
    ["552 5.2.2 Mailbox full", "permanent", "recipient_mailbox_full"],
    ["522 5.2.2 Over quota", "permanent", "recipient_mailbox_full"],
    ["452 4.2.2 Mailbox full", "retry", "recipient_mailbox_full"],
    ["552 5.3.4 Message too big", "permanent", "mail_too_large"],
    ["550 5.7.1 Looks like spam", "permanent", "refused_as_unwanted"],
    ["451 4.3.0 Try again later", "retry", "smtp_451"],
    ["450 4.7.1 Greylisted", "slow", "smtp_450"],
  ])("%s is %s: %s", async (reply, kind, code) => {
    smtp.refuseReceivers(reply);
    const refused = await send(channel(), message());
    expect(refused).toMatchObject({
      outcome: "refused",
      class: kind,
      code,
      text: expect.stringContaining(reply.slice(4)),
    });
    expect(smtp.taken).toHaveLength(0);
  });

  test("a refused login is the channel's, and never says the password", async () => {
    smtp.setPassword("other");
    const refused = await send(channel({ smtp_password: "tres-secret" }), message());
    expect(refused).toMatchObject({ outcome: "refused", class: "channel", code: "smtp_login_refused" });
    expect(JSON.stringify(refused)).not.toContain("tres-secret");
  });

  test("where the line dies after the whole mail left, nobody knows", async () => {
    let cut = () => {};
    smtp.loseAnswers(() => cut());
    const line = await openLine(smtp.port);
    onTestFinished(line.close);
    ({ cut } = line);
    expect(await send(channel({ smtp_port: String(line.port) }), message())).toMatchObject({ outcome: "unknown" });
    expect(smtp.taken).toHaveLength(1);
  });

  test("a host that is not there, a closed port and bad certificates are waits, each with its reason", async () => {
    const expired = await startSmtp("secret", authority.issue("localhost", { expired: true }));
    onTestFinished(() => expired.close());
    const alone = await startSmtp("secret", authority.selfSigned("localhost"));
    onTestFinished(() => alone.close());
    const tries: [Record<string, string>, string][] = [
      [{ smtp_host: "nowhere.invalid" }, "host_not_found"],
      [{ smtp_port: "1" }, "connection_refused"],
      [{ smtp_port: String(expired.port) }, "certificate_expired"],
      [{ smtp_port: String(alone.port) }, "certificate_untrusted"],
    ];
    for (const [credentials, code] of tries) {
      expect(await send(channel(credentials), message())).toMatchObject({ outcome: "refused", class: "slow", code });
    }
    expect([...expired.taken, ...alone.taken]).toEqual([]);
  });
});

test("a server in a private network is left alone, and said to be one, where tenants are strangers", async () => {
  useConfig(testConfig({ privateNetwork: false }));
  onTestFinished(() => useConfig(testConfig()));
  expect(await send(channel(), message())).toMatchObject({ outcome: "refused", class: "slow", code: "host_private" });
  const lines = await check(channel());
  expect(lines.find((line) => line.check === "imap_login")).toMatchObject({ result: "fail", reason: "host_private" });
  expect(lines.find((line) => line.check === "smtp_login")).toMatchObject({ result: "fail", reason: "host_private" });
  expect(smtp.taken).toEqual([]);
});

describe.runIf(needsDovecot())("with a real mailbox beside it", async () => {
  const dovecot = await startDovecot({ [address]: "secret" }, certificate);
  afterAll(() => dovecot.close());
  const whole = (credentials: Record<string, string> = {}) =>
    channel({ imap_port: String(dovecot.port), ...credentials });

  test("a copy lies among the sent ones, once, and tells what became of a lost answer", async () => {
    const sent = { externalId: answer.messageId };
    expect(await findSent(whole(), sent)).toBeNull();
    await send(whole(), message());
    await send(whole(), message());
    expect(dovecot.mailsIn(address, "Sent")).toHaveLength(1);
    expect(await findSent(whole(), sent)).toEqual({ outcome: "accepted", providerMessageId: answer.messageId });
    expect(await findSent(whole(), { externalId: "<another@atelier.example>" })).toBeNull();
  });

  test("the checklist counts the room that is left, where the server does", async () => {
    const small = await startDovecot({ [address]: "secret" }, certificate, { quotaBytes: 10_000 });
    onTestFinished(() => small.close());
    const roomOf = async () =>
      (await check(whole({ imap_port: String(small.port) }))).find((line) => line.check === "room");
    expect(await roomOf()).toEqual({ check: "room", result: "pass", reason: null, detail: "0 %" });
    small.deliver(address, mailText({ to: address, text: "x".repeat(9_700) }));
    expect(await roomOf()).toMatchObject({ result: "fail", reason: "mailbox_full" });
  });

  test("the checklist says of each side how it is", async () => {
    const results = async (of: ChannelAccess) =>
      Object.fromEntries((await check(of)).map((line) => [line.check, line.reason ?? line.result]));
    // This Dovecot keeps no count of its room.
    const well = { imap_login: "pass", folder: "pass", smtp_login: "pass", certificate: "pass", sent_copy: "pass" };
    expect(await results(whole())).toEqual(well);
    expect(await results(whole({ folder: "Nulle part" }))).toEqual({ ...well, folder: "folder_missing" });
    expect(await results(whole({ smtp_password: "faux" }))).toEqual({ ...well, smtp_login: "smtp_login_refused" });
    expect(await results(whole({ imap_password: "faux", smtp_password: "secret" }))).toEqual({
      ...well,
      imap_login: "mailbox_login_refused",
      folder: "not_checked",
      sent_copy: "not_checked",
    });
    expect(await results(channel({ smtp_port: "1" }))).toEqual({
      imap_login: "connection_refused",
      smtp_login: "connection_refused",
      folder: "not_checked",
      certificate: "not_checked",
      sent_copy: "not_checked",
    });
  });
});
