import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { testConfig } from "#db/factories.ts";
import { useConfig } from "#server/core/config.ts";
import type { ChannelAccess, Mailbox } from "#server/providers/contract.ts";
import { openMailbox } from "#server/providers/email/mailbox.ts";
import { trustTestAuthority } from "./testing-certificates.ts";
import { startDovecot } from "./testing-dovecot.ts";
import { openLine } from "./testing-line.ts";
import { mailText, needsDovecot } from "./testing.ts";

useConfig(testConfig());

const user = "boite@shop.example";
const hasty = { askAnywayMs: 300, pollEveryMs: 200, answerWithinMs: 500 };
const never = new AbortController().signal;

describe.runIf(needsDovecot())("a connection to a real Dovecot", async () => {
  const authority = trustTestAuthority();
  const dovecot = await startDovecot({ [user]: "secret" }, authority.issue("localhost"));
  afterAll(() => dovecot.close());

  function channelAt(port: number, credentials: Record<string, string> = {}): ChannelAccess {
    const own = {
      address: user,
      imap_password: "secret",
      imap_host: "localhost",
      imap_port: String(port),
      ...credentials,
    };
    return { channelId: "c", tenantId: "t", apiBaseUrl: "", credentials: own };
  }

  async function opened(channel: ChannelAccess): Promise<Mailbox> {
    const opening = await openMailbox(channel, hasty);
    if (opening.outcome !== "ok") throw new Error(JSON.stringify(opening));
    onTestFinished(() => opening.value.close());
    return opening.value;
  }

  test("a line that died without a word is noticed: nothing comes back when it is asked", async () => {
    const line = await openLine(dovecot.port);
    onTestFinished(line.close);
    const box = await opened(channelAt(line.port));
    await box.changed(never);
    line.freeze(true);
    await expect(box.changed(never)).rejects.toThrow(/no answer|not available|clos/i);
  });

  test("a cut line ends the wait at once", async () => {
    const line = await openLine(dovecot.port);
    onTestFinished(line.close);
    const box = await opened(channelAt(line.port));
    const waiting = box.changed(never);
    line.cut();
    await expect(waiting).rejects.toThrow(/clos/i);
  });

  test("being told to stop ends the wait", async () => {
    const stop = new AbortController();
    const box = await opened(channelAt(dovecot.port));
    const waiting = box.changed(stop.signal);
    stop.abort();
    await waiting;
  });

  test("a server without IDLE is asked now and then", async () => {
    const plain = await startDovecot({ [user]: "secret" }, authority.issue("localhost"), { idles: false });
    onTestFinished(() => plain.close());
    const box = await opened(channelAt(plain.port));
    expect(box.mode).toBe("polling");
    plain.deliver(user, mailText({ to: user, text: "enfin" }));
    const found: number[] = [];
    while (found.length === 0) {
      await box.changed(never);
      for await (const { uid } of box.after(box.uidNext - 1)) found.push(uid);
    }
    expect(found).toEqual([box.uidNext]);
  });

  test("STARTTLS is as good, and is not optional", async () => {
    const box = await opened(channelAt(dovecot.plainPort, { imap_security: "starttls" }));
    expect(box.folder).toBe("INBOX");
    expect(await openMailbox(channelAt(dovecot.plainPort, { imap_security: "tls" }), hasty)).toMatchObject({
      outcome: "refused",
      class: "retry",
    });
  });

  test("of very many mails each comes once, lowest first, and a huge one without its bytes", async () => {
    const box = await opened(channelAt(dovecot.port));
    for (let at = 0; at < 130; at++) dovecot.deliver(user, mailText({ to: user, text: `mail ${at}` }));
    dovecot.deliver(user, mailText({ to: user, text: "x".repeat(41 * 1024 * 1024) }));
    const uids: number[] = [];
    const withoutBytes: number[] = [];
    while (uids.length < 131) {
      await box.changed(never);
      for await (const item of box.after(uids.at(-1) ?? box.uidNext - 1)) {
        uids.push(item.uid);
        if (item.bytes === null) withoutBytes.push(item.uid);
      }
    }
    expect(uids).toEqual(uids.toSorted((a, b) => a - b));
    expect(new Set(uids).size).toBe(131);
    expect(withoutBytes).toEqual([uids.at(-1)]);
  });
});
