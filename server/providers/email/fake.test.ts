import { serve } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { ChannelAccess, OutboundMessage } from "../contract.ts";
import { check } from "./check.ts";
import { createEmailFake } from "./fake.ts";
import { inventCredentials } from "./invent-credentials.ts";
import { openMailbox } from "./mailbox.ts";
import { send } from "./send.ts";

const standIn = createEmailFake({ webhookUrl: "" });
const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
  const listening = serve({ fetch: standIn.app.fetch, port: 0 }, () => resolve(listening));
});
afterAll(() => {
  standIn.close();
  server.close();
});

let credentials: Record<string, string>;
let account: ReturnType<typeof standIn.addAccount>;
beforeEach(() => {
  credentials = inventCredentials();
  account = standIn.addAccount(credentials);
});

const channel = (changes: Record<string, string> = {}): ChannelAccess => ({
  channelId: "c",
  tenantId: "t",
  apiBaseUrl: `http://localhost:${(server.address() as AddressInfo).port}`,
  credentials: { ...credentials, ...changes },
});
const message: OutboundMessage = {
  id: "019a",
  to: { kind: "email", value: "alix@client.example" },
  text: "Bonjour",
  replyToId: null,
  statusCallbackUrl: null,
};
const alix = { address: "alix@client.example", name: "Alix" };
const failures = async (of: ChannelAccess) =>
  Object.fromEntries(
    (await check(of)).filter((line) => line.result === "fail").map((line) => [line.check, line.reason]),
  );

test("carries mails both ways, and everything of its checklist passes", async () => {
  expect((await check(channel())).map(({ result }) => result)).toEqual(Array(6).fill("pass"));
  standIn.deliver(account.id, { from: alix, subject: "Une lampe", text: "Réparez-vous ?" });
  await standIn.settled();
  const opened = await openMailbox(channel());
  if (opened.outcome !== "ok") throw new Error(opened.text);
  const found: string[] = [];
  for await (const { bytes } of opened.value.after(0)) found.push(Buffer.from(bytes ?? []).toString());
  expect(found).toEqual([expect.stringContaining("Une lampe")]);
  expect(await send(channel(), message)).toMatchObject({ outcome: "accepted" });
  expect(standIn.mails(account.id, alix.address).map(({ author, text }) => [author, text])).toEqual([
    ["customer", "Réparez-vous ?"],
    ["business", "Bonjour"],
  ]);
});

test("a password that was changed there is refused on both sides until the channel has another", async () => {
  standIn.faults?.set(account.id, "password_changed", true);
  expect(await failures(channel())).toEqual({
    imap_login: "mailbox_login_refused",
    smtp_login: "smtp_login_refused",
  });
  expect(await openMailbox(channel())).toMatchObject({ outcome: "refused", class: "channel" });
  expect(await send(channel(), message)).toMatchObject({ class: "channel", code: "smtp_login_refused" });
  credentials = { ...credentials, imap_password: "un autre" };
  standIn.addAccount(credentials);
  expect(standIn.faults?.of(account.id)).toEqual([]);
  expect(await failures(channel())).toEqual({});
});

test("each side has its own password and its own server", async () => {
  expect(await failures(channel({ smtp_password: "faux" }))).toEqual({ smtp_login: "smtp_login_refused" });
  expect(await failures(channel({ smtp_host: "smtp.courriel.exmaple" }))).toEqual({ smtp_login: "host_not_found" });
  expect(await failures(channel({ imap_host: "imapcourriel.example" }))).toEqual({ imap_login: "host_not_found" });
  expect(await send(channel({ smtp_host: "smtp.courriel.exmaple" }), message)).toMatchObject({
    outcome: "refused",
    class: "slow",
    code: "host_not_found",
  });
});

test("a full mailbox says so, and tells who wrote that their mail found no room", async () => {
  standIn.faults?.set(account.id, "mailbox_full", true);
  expect(await failures(channel())).toEqual({ room: "mailbox_full" });
  standIn.deliver(account.id, { from: alix, subject: "Une lampe", text: "Réparez-vous ?" });
  await standIn.settled();
  expect(standIn.mails(account.id, alix.address).at(-1)?.text).toContain("mailbox full");
  expect(standIn.deliveries()).toMatchObject({ dropped: 1 });
  standIn.faults?.set(account.id, "mailbox_full", false);
  expect(await failures(channel())).toEqual({});
});
