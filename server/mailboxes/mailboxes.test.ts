import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { announceChannelChange } from "#db/channel-notices.ts";
import { testDatabase } from "#db/testing.ts";
import { systemCtx } from "#db/factories.ts";
import { connectChannel } from "#server/domains/channels/jobs.ts";
import { startMailboxes } from "./start-mailboxes.ts";
import type { MailShop } from "./testing.ts";
import { mailText, needsDovecot, openMailTests, openShop, readMailboxes } from "./testing.ts";
import type { Dovecot } from "./testing-dovecot.ts";
import { startDovecot } from "./testing-dovecot.ts";
import { openLine } from "./testing-line.ts";

await testDatabase();

describe.runIf(needsDovecot())("a mailbox on a real Dovecot", async () => {
  const authority = openMailTests();
  const users = Array.from({ length: 20 }, (_, at) => `boite${at}@shop.example`);
  const dovecot = await startDovecot(
    Object.fromEntries(users.map((user) => [user, "secret"])),
    authority.issue("localhost"),
  );
  afterAll(() => dovecot.close());
  readMailboxes();
  let next = 0;

  async function shop(credentials: Record<string, string> = {}, server: Dovecot = dovecot): Promise<MailShop> {
    const made = await openShop({
      address: users[next++]!,
      imap_password: "secret",
      imap_port: String(server.port),
      ...credentials,
    });
    announceChannelChange();
    return made;
  }

  const folder = async (of: MailShop) =>
    (await of.rows<{ uid_validity: string; last_uid: string; mode: string }>("select * from mail_folders"))[0];
  async function isRead(of: MailShop): Promise<void> {
    await expect.poll(async () => (await folder(of))?.mode).toBe("idle");
  }
  const texts = async (of: MailShop) => (await of.messages()).map(({ text }) => text);
  const health = async (of: MailShop) =>
    (
      await of.rows<{ reason: string; detail: string }>(
        "select last_error_reason as reason, last_error_detail as detail from channel_configurations",
      )
    )[0];

  test("what was there before is history; what comes is there within seconds, and stays as it is in the mailbox", async () => {
    const address = users[next]!;
    dovecot.deliver(address, mailText({ to: address, text: "ancien" }));
    const own = await shop();
    await isRead(own);
    const began = Date.now();
    const name = dovecot.deliver(address, mailText({ to: address, text: "nouveau" }));
    await expect.poll(() => texts(own)).toEqual(["nouveau"]);
    expect(Date.now() - began).toBeLessThan(5_000);
    const lying = dovecot.mailsIn(address).find((file) => file.startsWith(name));
    expect(lying).toBeDefined();
    expect(lying).not.toMatch(/:2,\w*S/);
  });

  test("a cut line is joined again and loses nothing; nothing comes twice", async () => {
    const line = await openLine(dovecot.port);
    onTestFinished(line.close);
    const own = await shop({ imap_port: String(line.port) });
    await isRead(own);
    for (let at = 1; at <= 9; at++) {
      dovecot.deliver(own.address, mailText({ to: own.address, text: `mail ${at}`, at: new Date(Date.now() + at) }));
      if (at % 3 === 0) {
        await expect.poll(async () => (await texts(own)).length).toBeGreaterThanOrEqual(at - 2);
        line.cut();
      }
    }
    await expect.poll(async () => (await texts(own)).length).toBe(9);
    expect(new Set(await texts(own)).size).toBe(9);
    expect(line.connections()).toBeGreaterThan(1);
  });

  test("a server that is shut down and comes back is joined again; what came meanwhile is there, once", async () => {
    const address = users[next]!;
    const frail = await startDovecot({ [address]: "secret" }, authority.issue("localhost"));
    onTestFinished(() => frail.close());
    const own = await shop({}, frail);
    await isRead(own);
    frail.deliver(address, mailText({ to: address, text: "avant" }));
    await expect.poll(() => texts(own)).toEqual(["avant"]);
    await frail.halt();
    frail.deliver(address, mailText({ to: address, text: "pendant" }));
    // Refused once is no news, refused again is.
    await expect.poll(async () => (await health(own))?.reason).toBe("connection_refused");
    await frail.start();
    await expect.poll(() => texts(own)).toEqual(["avant", "pendant"]);
    await expect.poll(() => health(own)).toEqual({ reason: null, detail: null });
    expect(await own.rows("select id from webhook_logs")).toHaveLength(2);
  });

  test("what a person deletes there, or here, is never looked at again", async () => {
    const own = await shop();
    await isRead(own);
    const name = dovecot.deliver(own.address, mailText({ to: own.address, text: "à oublier" }));
    dovecot.deliver(own.address, mailText({ to: own.address, text: "à garder" }));
    await expect.poll(async () => (await texts(own)).length).toBe(2);
    await own.rows("delete from messages where text = 'à garder'");
    dovecot.remove(own.address, name);
    dovecot.deliver(own.address, mailText({ to: own.address, text: "suivant" }));
    await expect.poll(async () => (await texts(own)).toSorted()).toEqual(["suivant", "à oublier"].toSorted());
    const logged = await own.rows<{ status: string }>("select status from webhook_logs order by id");
    expect(logged.map(({ status }) => status)).toEqual(["processed", "processed", "processed"]);
  });

  test("UIDs that begin anew repeat nothing and lose nothing", async () => {
    const address = users[next]!;
    dovecot.deliver(
      address,
      mailText({ to: address, text: "d'avant nous", at: new Date(Date.now() - 30 * 86_400_000) }),
    );
    const own = await shop();
    await isRead(own);
    dovecot.deliver(address, mailText({ to: address, text: "un" }));
    dovecot.deliver(address, mailText({ id: null, to: address, text: "sans nom" }));
    await expect.poll(async () => (await texts(own)).length).toBe(2);
    const before = await folder(own);
    await own.rows("update channel_configurations set enabled = false");
    announceChannelChange();
    await expect.poll(async () => (await folder(own))?.mode).toBe("away");
    dovecot.deliver(address, mailText({ to: address, text: "deux" }));
    dovecot.renumber(address);
    await own.rows("update channel_configurations set enabled = true");
    announceChannelChange();
    await expect.poll(async () => (await texts(own)).toSorted()).toEqual(["deux", "sans nom", "un"]);
    const after = await folder(own);
    expect(after?.uid_validity).not.toBe(before?.uid_validity);
    dovecot.deliver(address, mailText({ to: address, text: "trois" }));
    await expect.poll(async () => (await texts(own)).toSorted()).toEqual(["deux", "sans nom", "trois", "un"]);
  });

  test("a refused password is said, not hammered, and forgotten once it is right", async () => {
    const line = await openLine(dovecot.port);
    onTestFinished(line.close);
    const own = await shop({ imap_password: "faux", imap_port: String(line.port) });
    await expect.poll(() => health(own)).toMatchObject({ reason: "mailbox_login_refused" });
    expect((await health(own))?.detail).not.toContain("faux");
    const [alert] = await own.rows<{ kind: string }>("select kind from alerts where resolved_at is null");
    expect(alert?.kind).toBe("channel_failing");
    const tries = line.connections();
    const announce = () => Array.from({ length: 20 }).forEach(announceChannelChange);
    announce();
    await connectChannel(systemCtx(own.tenant), {
      channelId: own.channel.channelId,
      credentials: { imap_password: "secret" },
    });
    announce();
    await isRead(own);
    await expect.poll(() => health(own)).toEqual({ reason: null, detail: null });
    expect(line.connections()).toBe(tries + 1);
    expect(await own.rows("select id from alerts where resolved_at is null")).toEqual([]);
  });

  test("a missing folder, an unknown host and a closed port each have their reason, and trouble none but their own mailbox", async () => {
    const reasons: [Record<string, string>, string][] = [
      [{ folder: "Nulle part" }, "folder_missing"],
      [{ imap_host: "nowhere.invalid" }, "host_not_found"],
      [{ imap_port: "1" }, "connection_refused"],
    ];
    const shops = await Promise.all(
      reasons.map(async ([credentials, reason]) => ({ own: await shop(credentials), reason })),
    );
    for (const { own, reason } of shops) {
      await expect.poll(async () => (await health(own))?.reason).toBe(reason);
    }
    const well = await shop();
    await isRead(well);
    dovecot.deliver(well.address, mailText({ to: well.address, text: "tout va bien" }));
    await expect.poll(() => texts(well)).toEqual(["tout va bien"]);
    expect(await health(well)).toEqual({ reason: null, detail: null });
  });

  test("an expired certificate and one of nobody are told apart, and neither is trusted", async () => {
    const expired = await startDovecot({ [users[next]!]: "secret" }, authority.issue("localhost", { expired: true }));
    onTestFinished(() => expired.close());
    const old = await shop({}, expired);
    const alone = await startDovecot({ [users[next]!]: "secret" }, authority.selfSigned("localhost"));
    onTestFinished(() => alone.close());
    const unknown = await shop({}, alone);
    const other = await startDovecot({ [users[next]!]: "secret" }, authority.issue("mail.elsewhere.example"));
    onTestFinished(() => other.close());
    const misnamed = await shop({}, other);
    await expect.poll(async () => (await health(old))?.reason).toBe("certificate_expired");
    await expect.poll(async () => (await health(unknown))?.reason).toBe("certificate_untrusted");
    await expect.poll(async () => (await health(misnamed))?.reason).toBe("certificate_name");
  });

  test("a mailbox without room is an alert, before it turns mails away", async () => {
    const small = await startDovecot({ [users[next]!]: "secret" }, authority.issue("localhost"), {
      quotaBytes: 40_000,
    });
    onTestFinished(() => small.close());
    small.deliver(users[next]!, mailText({ to: users[next]!, text: "x".repeat(39_000) }));
    const own = await shop({}, small);
    await expect.poll(async () => (await health(own))?.reason).toBe("mailbox_full");
  });

  test("one process reads a mailbox; another takes it over when the first one is gone", async () => {
    const second = startMailboxes({ lookEveryMs: 200 });
    onTestFinished(() => second.stop());
    const own = await shop();
    await isRead(own);
    const holder = async () => (await own.rows<{ held_by: string }>("select held_by from mailbox_leases"))[0]?.held_by;
    const first = await holder();
    dovecot.deliver(own.address, mailText({ to: own.address, text: "un" }));
    await expect.poll(() => texts(own)).toEqual(["un"]);
    // Its process died without a word: nobody says so, and its time runs out.
    await own.rows("update mailbox_leases set held_by = gen_random_uuid(), held_until = now() - interval '1 second'");
    dovecot.deliver(own.address, mailText({ to: own.address, text: "deux" }));
    await expect.poll(() => texts(own)).toEqual(["un", "deux"]);
    await expect.poll(holder).not.toBe(first);
    const logged = await own.rows<{ status: string }>("select status from webhook_logs where status = 'processed'");
    expect(logged).toHaveLength(2);
  });
});
