import { createServer } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { simpleParser } from "mailparser";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createChannel, createMember, createTenant, systemCtx, testConfig } from "#db/factories.ts";
import { alertMails } from "#db/schema/alerts.ts";
import { memberships, userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { currentConfig, useConfig } from "#server/core/config.ts";
import { openLine } from "#server/mailboxes/testing-line.ts";
import type { TestSmtp } from "#server/mailboxes/testing-smtp.ts";
import { startSmtp } from "#server/mailboxes/testing-smtp.ts";
import { sendAlertMails, sendAlertMailsJob } from "./jobs.ts";
import { listAlerts } from "./list-alerts.ts";
import { openAlert } from "./open-alert.ts";
import { resolveAlerts } from "./resolve-alerts.ts";

await testDatabase();

const minute = 60_000;
let smtp: TestSmtp;

function mailThrough(server: string) {
  useConfig(testConfig({ mail: { server, folder: "", from: "Guichet <guichet@shop.example>" } }));
}

beforeEach(async () => {
  smtp = await startSmtp("", null);
  mailThrough(`smtp://localhost:${smtp.port}`);
});
afterEach(() => smtp.close());

/** A shop with an owner who is written to, a channel, and a clock that stands still. */
async function shop() {
  const clock = fixedClock(new Date());
  const tenant = await createTenant({ name: "Atelier Lumen" });
  const owner = await createMember(tenant, "owner", { name: "Hélène" });
  const channel = await createChannel(tenant, { name: "WhatsApp de l’atelier" });
  const ctx = systemCtx(tenant, clock);
  const about = { kind: "channel_failing", channelId: channel.channelId } as const;
  const open = (kind: "channel_failing" | "channel_silent" = "channel_failing") =>
    openAlert(ctx, {
      ...about,
      kind,
      severity: "critical",
      data: { reason: "credentials_refused", detail: "190: <b>Invalid token</b>" },
    });
  const recover = () => resolveAlerts(ctx, { kinds: ["channel_failing"], channelIds: [channel.channelId] });
  const after = async (minutes: number) => {
    clock.advance(minutes * minute);
    await sendAlertMails(ctx);
  };
  const rows = () =>
    withTenant(tenant, (tx) =>
      tx.select({ event: alertMails.event, status: alertMails.status }).from(alertMails).orderBy(alertMails.createdAt),
    );
  return { tenant, owner, channel, clock, ctx, open, recover, after, rows };
}

const taken = () => Promise.all(smtp.taken.map(({ bytes }) => simpleParser(bytes)));
const subjects = async () => (await taken()).map(({ subject }) => subject);

describe("a mail about an alert", () => {
  test("is sent once when it opens, not when it is seen again, and once when it is over", async () => {
    const { owner, tenant, channel, open, recover, after } = await shop();
    await open();
    await after(0);
    expect(smtp.taken).toHaveLength(0);
    await after(1);
    await open();
    await after(5);
    await after(90);
    expect(await subjects()).toEqual(["Alerte : « WhatsApp de l’atelier » ne fonctionne plus (Atelier Lumen)"]);
    const [mail] = await taken();
    expect(smtp.taken[0]!.to).toEqual([owner.email]);
    expect(mail?.headers.get("auto-submitted")).toBe("auto-generated");
    expect(mail?.text).toContain(`https://guichet.test/t/${tenant.slug}/settings/channels/${channel.channelId}`);
    expect(mail?.text).toContain("Bonjour Hélène,");
    expect(mail?.html).toContain("&lt;b&gt;Invalid token&lt;/b&gt;");
    await recover();
    await after(2);
    await after(90);
    expect((await subjects())[1]).toBe("Rétabli : « WhatsApp de l’atelier » fonctionne de nouveau (Atelier Lumen)");
    expect(smtp.taken).toHaveLength(2);
  });

  test("does not say that a channel works again because it was put away", async () => {
    const { ctx, channel, open, after, rows } = await shop();
    await open("channel_silent");
    await after(1);
    await resolveAlerts(ctx, { kinds: ["channel_silent"], channelIds: [channel.channelId], silently: true });
    await after(2);
    expect(await rows()).toEqual([{ event: "opened", status: "sent" }]);
    expect(await listAlerts(ctx)).toEqual([]);
  });

  test("goes to the members who see alerts and want mails, each in their language, and to no other tenant's", async () => {
    const { tenant, owner, open, after } = await shop();
    const admin = await createMember(tenant, "admin");
    const [agent, manager] = [await createMember(tenant, "agent"), await createMember(tenant, "manager")];
    const quiet = await createMember(tenant, "admin");
    const choose = (userId: string, chosen: Partial<typeof userProfiles.$inferInsert>) =>
      withTenant(tenant, (tx) => tx.update(userProfiles).set(chosen).where(eq(userProfiles.userId, userId)));
    await choose(quiet.userId, { alertMails: false });
    await choose(admin.userId, { locale: "en" });
    const elsewhere = await shop();
    await open();
    await elsewhere.after(2);
    expect(smtp.taken).toEqual([]);
    await after(2);
    const receivers = smtp.taken.flatMap(({ to }) => to);
    expect(receivers.toSorted()).toEqual([owner.email, admin.email].toSorted());
    for (const { email } of [agent, manager, quiet, elsewhere.owner]) expect(receivers).not.toContain(email);
    const english = (await taken()).find((mail) => mail.subject?.startsWith("Alert:"));
    expect(english?.text).toContain("The provider refuses the channel’s credentials");
  });

  test("is no mail for who was switched off, or has left, before it is due", async () => {
    const { tenant, owner, open, after, rows } = await shop();
    await open();
    await withTenant(tenant, (tx) =>
      tx.update(memberships).set({ status: "deactivated" }).where(eq(memberships.userId, owner.userId)),
    );
    await after(2);
    expect(smtp.taken).toEqual([]);
    expect(await rows()).toEqual([{ event: "opened", status: "dropped" }]);
  });

  test("tells several that open within a minute at once", async () => {
    const { clock, open, after } = await shop();
    await open();
    clock.advance(50_000);
    await open("channel_silent");
    await after(1);
    await after(5);
    expect(await subjects()).toEqual(["2 alertes (Atelier Lumen)"]);
  });

  test("is never sent where the alert is over before it", async () => {
    const { open, recover, after, rows } = await shop();
    await open();
    await recover();
    await after(2);
    await after(2);
    expect(smtp.taken).toEqual([]);
    expect(await rows()).toEqual([
      { event: "opened", status: "dropped" },
      { event: "recovered", status: "dropped" },
    ]);
  });

  test("comes once an hour where the thing comes and goes, and says so", async () => {
    const { open, recover, after } = await shop();
    await open();
    await after(1);
    for (let times = 0; times < 5; times++) {
      await recover();
      await after(0.5);
      await open();
      await after(5);
    }
    expect(smtp.taken).toHaveLength(1);
    await after(40);
    expect(smtp.taken).toHaveLength(2);
    expect((await taken())[1]?.text).toContain("C’est revenu 6 fois en deux heures");
    await recover();
    await after(2);
    expect((await subjects())[2]).toContain("Rétabli");
    await after(120);
    expect(smtp.taken).toHaveLength(3);
  });

  test("tells of the end when what came back went again untold", async () => {
    const { open, recover, after } = await shop();
    await open();
    await after(1);
    await recover();
    await open();
    await after(5);
    expect(smtp.taken).toHaveLength(1);
    await recover();
    await after(2);
    await after(120);
    expect(await subjects()).toEqual([expect.stringContaining("Alerte"), expect.stringContaining("Rétabli")]);
  });
});

describe("sending", () => {
  test("tries again later where nobody answers", async () => {
    const { ctx, open, after, rows } = await shop();
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as AddressInfo;
    closed.close();
    mailThrough(`smtp://localhost:${port}`);
    await open();
    await after(1);
    expect(await rows()).toEqual([{ event: "opened", status: "owed" }]);
    expect(await listAlerts(ctx)).toMatchObject([
      { mailedAt: null, mailError: expect.stringContaining("ECONNREFUSED") },
    ]);
    mailThrough(`smtp://localhost:${smtp.port}`);
    await after(2);
    expect(smtp.taken).toHaveLength(1);
    expect(await rows()).toEqual([{ event: "opened", status: "sent" }]);
    expect(await listAlerts(ctx)).toMatchObject([{ mailedAt: expect.any(Date), mailError: null }]);
  });

  test("gives up on a receiver that is refused for good", async () => {
    const { open, after, rows } = await shop();
    smtp.refuseReceivers("550 5.1.1 No such user");
    await open();
    await after(1);
    smtp.refuseReceivers(null);
    await after(120);
    expect(smtp.taken).toEqual([]);
    expect(await rows()).toEqual([{ event: "opened", status: "failed" }]);
  });

  test("never repeats a mail whose answer was lost", async () => {
    const { open, after, rows, recover } = await shop();
    const line = await openLine(smtp.port);
    onTestFinished(() => line.close());
    mailThrough(`smtp://localhost:${line.port}`);
    smtp.loseAnswers(() => line.cut());
    await open();
    await after(1);
    smtp.loseAnswers(null);
    mailThrough(`smtp://localhost:${smtp.port}`);
    await after(120);
    expect(smtp.taken).toHaveLength(1);
    expect(await rows()).toEqual([{ event: "opened", status: "unknown" }]);
    await recover();
    await after(2);
    expect(smtp.taken).toHaveLength(2);
  });

  test("by two workers at once sends one mail; a worker that died leaves none that is sent twice", async () => {
    const { tenant, clock, open, ctx, rows } = await shop();
    await open();
    clock.advance(2 * minute);
    const run = { clock, signal: new AbortController().signal };
    await Promise.all([sendAlertMailsJob.run(run), sendAlertMailsJob.run(run), sendAlertMails(ctx)]);
    expect(smtp.taken).toHaveLength(1);
    await withTenant(tenant, (tx) => tx.update(alertMails).set({ status: "sending" }));
    clock.advance(11 * minute);
    await sendAlertMailsJob.run(run);
    expect(smtp.taken).toHaveLength(1);
    expect(await rows()).toEqual([{ event: "opened", status: "unknown" }]);
  });

  test("owes nothing where the program sends no mails", async () => {
    const { open, after, rows } = await shop();
    const { mail, ...config } = currentConfig();
    expect(mail).toBeDefined();
    useConfig({ ...config, mail: undefined });
    onTestFinished(() => useConfig(testConfig()));
    await open();
    await after(2);
    expect(await rows()).toEqual([]);
  });
});
