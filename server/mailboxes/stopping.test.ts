import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { testDatabase } from "#db/testing.ts";
import { startMailboxes } from "./start-mailboxes.ts";
import { mailText, needsDovecot, openMailTests, openShop } from "./testing.ts";
import { startDovecot } from "./testing-dovecot.ts";
import { openLine } from "./testing-line.ts";

await testDatabase();
const address = "arret@shop.example";

describe.runIf(needsDovecot())("a process that is told to stop", async () => {
  const authority = openMailTests();
  const dovecot = await startDovecot({ [address]: "secret" }, authority.issue("localhost"));
  afterAll(() => dovecot.close());
  const line = await openLine(dovecot.port);
  afterAll(() => line.close());
  const shop = await openShop({ address, imap_password: "secret", imap_port: String(line.port) });
  const leases = () => shop.rows("select 1 from mailbox_leases");
  const folder = async () => (await shop.rows<{ mode: string; last_uid: string }>("select * from mail_folders"))[0];

  async function timeToStop(stop: () => Promise<void>): Promise<number> {
    const began = Date.now();
    await stop();
    return Date.now() - began;
  }

  test("does not wait for a server that never answers", async () => {
    line.freeze(true);
    const mailboxes = startMailboxes({ lookEveryMs: 200 });
    onTestFinished(() => mailboxes.stop());
    await expect.poll(() => line.connections()).toBeGreaterThan(0);
    expect(await timeToStop(mailboxes.stop)).toBeLessThan(4_000);
    // Whoever gives up the server hangs up.
    expect(line.isOpen()).toBe(true);
    expect(await leases()).toEqual([]);
    line.cut();
    line.freeze(false);
  });

  test("gives its mailboxes to the next one at once, however silent the line, and nothing is lost or repeated", async () => {
    const first = startMailboxes({ lookEveryMs: 200 });
    onTestFinished(() => first.stop());
    await expect.poll(async () => (await folder())?.mode).toBe("idle");
    dovecot.deliver(address, mailText({ to: address, text: "un" }));
    await expect.poll(async () => (await shop.messages()).map(({ text }) => text)).toEqual(["un"]);
    line.freeze(true);
    dovecot.deliver(address, mailText({ to: address, text: "deux" }));
    expect(await timeToStop(first.stop)).toBeLessThan(8_000);
    expect(first.held()).toBe(0);
    expect(await leases()).toEqual([]);
    expect((await folder())?.mode).toBe("away");

    line.cut();
    line.freeze(false);
    const second = startMailboxes({ lookEveryMs: 200 });
    onTestFinished(() => second.stop());
    await expect.poll(async () => (await shop.messages()).map(({ text }) => text)).toEqual(["un", "deux"]);
    expect(await shop.rows("select 1 from webhook_logs")).toHaveLength(2);
  });

  test("reads nothing of a simulated channel from its made-up host", async () => {
    const tapped = await openLine(dovecot.port);
    onTestFinished(tapped.close);
    const simulated = await openShop(
      { address: "simule@shop.example", imap_password: "secret", imap_port: String(tapped.port) },
      { simulated: true },
    );
    const mailboxes = startMailboxes({ lookEveryMs: 200 });
    onTestFinished(() => mailboxes.stop());
    await expect.poll(() => simulated.rows("select 1 from mailbox_leases")).toHaveLength(1);
    expect(tapped.connections()).toBe(0);
  });
});
