import { serve } from "@hono/node-server";
import { createECDH, createPublicKey, randomBytes, verify } from "node:crypto";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { Hono } from "hono";
import { simpleParser } from "mailparser";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { createConversation, createCustomer, createMember, createTenant, testConfig } from "#db/factories.ts";
import { notifications, pushSubscriptions } from "#db/schema/notifications.ts";
import { appPool, withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { useConfig } from "#server/core/config.ts";
import { contextFor } from "#server/core/context.ts";
import { addConversationNote } from "#server/domains/conversations/add-note.ts";
import type { TestSmtp } from "#server/mailboxes/testing-smtp.ts";
import { startSmtp } from "#server/mailboxes/testing-smtp.ts";
import { subscribeDevice } from "./devices.ts";
import { pushNotificationJob, sendDigests, sendDigestsJob } from "./jobs.ts";
import { proposed } from "./kinds.ts";
import { chooseNotifications, mute } from "./notification-settings.ts";
import { seeNotifications } from "./see-notifications.ts";
import { vapidKeys } from "./vapid-keys.ts";

await testDatabase();
const minute = 60_000;

/** A push service that notes what it is handed, and answers as the path says: `/201/one`. */
const asked: { path: string; headers: Headers; body: Buffer }[] = [];
const site = new Hono();
site.post("/:status/:name", async (c) => {
  const body = Buffer.from(await c.req.arrayBuffer());
  asked.push({ path: c.req.path, headers: c.req.raw.headers, body });
  return new Response(null, { status: Number(c.req.param("status")) });
});
const service = await new Promise<ReturnType<typeof serve>>((resolve) => {
  const listening = serve({ fetch: site.fetch, port: 0 }, () => resolve(listening));
});
const origin = `http://localhost:${(service.address() as AddressInfo).port}`;
afterAll(() => void service.close());

let smtp: TestSmtp;
const configure = (privateNetwork = true) =>
  useConfig(
    testConfig({
      privateNetwork,
      publicUrl: "https://guichet.example",
      mail: { server: `smtp://localhost:${smtp.port}`, folder: "", from: "Guichet <guichet@shop.example>" },
    }),
  );
beforeEach(async () => {
  asked.length = 0;
  smtp = await startSmtp("", null);
  configure();
});
afterEach(() => smtp.close());

async function team() {
  const clock = fixedClock(new Date());
  const tenant = await createTenant({ name: "Atelier Lumen", slug: `atelier-${randomBytes(4).toString("hex")}` });
  const [nadia, hugo] = await Promise.all([
    createMember(tenant, "agent", { name: "Nadia Ferrand" }),
    createMember(tenant, "agent", { name: "Hugo Lenoir" }),
  ]);
  const as = ({ userId }: typeof nadia) =>
    contextFor(tenant.tenantId, { type: "member", userId, role: "agent" }, clock);
  const customer = await createCustomer(tenant, { displayName: "Inès Delcourt" });
  const { conversationId } = await createConversation(tenant, { customer });
  const call = (text = "@Hugo Lenoir") => addConversationNote(as(nadia), { conversationId, text });
  const device = (status: number, name = "one") => {
    const pair = createECDH("prime256v1");
    pair.generateKeys();
    const keys = { p256dh: pair.getPublicKey("base64url"), auth: randomBytes(16).toString("base64url") };
    return subscribeDevice(as(hugo), { endpoint: `${origin}/${status}/${name}`, ...keys });
  };
  const jobs = () =>
    appPool()<{ data: object }[]>`
      select data from pgboss.job where name = 'notifications.push' and data->>'tenantId' = ${tenant.tenantId}`;
  const push = async () => {
    for (const { data } of await jobs())
      await pushNotificationJob.run(data, { clock, signal: new AbortController().signal });
  };
  const devices = () => withTenant(tenant, (tx) => tx.select().from(pushSubscriptions));
  const mails = () =>
    withTenant(tenant, (tx) =>
      tx.select({ mail: notifications.mail }).from(notifications).where(eq(notifications.userId, hugo.userId)),
    );
  const digest = () => sendDigests(contextFor(tenant.tenantId, { type: "job", name: "test" }, clock));
  return { tenant, nadia, hugo, as, clock, call, device, jobs, push, devices, conversationId, mails, digest };
}

describe("a device", () => {
  it("is woken with what only it can read, signed by this installation", async () => {
    const { call, device, push } = await team();
    await device(201);
    await call();
    await push();
    expect(asked).toHaveLength(1);
    const { headers, body } = asked[0]!;
    expect(headers.get("content-encoding")).toBe("aes128gcm");
    expect(headers.get("ttl")).toBe("3600");
    expect(body.includes("Nadia")).toBe(false);
    const [, token = "", key = ""] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.get("authorization") ?? "") ?? [];
    expect(key).toBe(vapidKeys().publicKey);
    const [head, claims, signature = ""] = token.split(".");
    expect(JSON.parse(Buffer.from(claims ?? "", "base64url").toString())).toMatchObject({
      aud: origin,
      sub: "https://guichet.example",
    });
    const signed = Buffer.from(`${head}.${claims}`);
    const ours = { key: publicKeyOf(key), dsaEncoding: "ieee-p1363" as const };
    expect(verify("sha256", signed, ours, Buffer.from(signature, "base64url"))).toBe(true);
  });

  it("is not woken for what was seen, is not wanted, or while its member rests", async () => {
    const { call, device, push, hugo, as, jobs } = await team();
    await device(201);
    await call();
    await mute(as(hugo), { minutes: 60 });
    await push();
    await mute(as(hugo), { minutes: null });
    await chooseNotifications(as(hugo), { ways: { ...proposed, mentioned: { ...proposed.mentioned, push: false } } });
    await push();
    await chooseNotifications(as(hugo), { ways: proposed });
    await seeNotifications(as(hugo), { notificationId: null });
    await push();
    expect(asked).toEqual([]);
    expect(await jobs()).toHaveLength(1);
  });

  it("is forgotten when it is gone, and asked again when its service is busy", async () => {
    const { call, device, push, devices } = await team();
    await device(410, "gone");
    await device(201, "there");
    await call();
    await push();
    expect((await devices()).map(({ endpoint }) => endpoint)).toEqual([`${origin}/201/there`]);
    await device(503, "busy");
    await expect(push()).rejects.toThrow(/did not take/);
    expect(await devices()).toHaveLength(2);
  });

  it("is never one of the operator's own network", async () => {
    const { call, device, push, devices } = await team();
    await device(201);
    await call();
    configure(false);
    await expect(push()).rejects.toThrow(/did not take/);
    expect(asked).toEqual([]);
    expect(await devices()).toHaveLength(1);
    await expect(
      team().then(({ as, hugo }) =>
        subscribeDevice(as(hugo), { endpoint: "http://169.254.169.254/latest", p256dh: "B", auth: "a" }),
      ),
    ).rejects.toMatchObject({ fields: { endpoint: "host_private" } });
  });
});

describe("a digest", () => {
  it("says once what was not seen for ten minutes, with whatever else was not", async () => {
    const { call, clock, digest, hugo, mails, nadia, as, tenant } = await team();
    await call();
    clock.advance(5 * minute);
    const { conversationId } = await createConversation(tenant);
    await addConversationNote(as(nadia), { conversationId, text: "@Hugo Lenoir ici aussi" });
    await digest();
    expect(smtp.taken).toHaveLength(0);
    clock.advance(6 * minute);
    await Promise.all([digest(), digest()]);
    await sendDigestsJob.run({ clock, signal: new AbortController().signal });
    // The periodic job looks after every business of this file.
    const own = smtp.taken.filter(({ to }) => to.includes(hugo.email));
    expect(own).toHaveLength(1);
    const mail = await simpleParser(own[0]!.bytes);
    expect(mail.subject).toBe("2 nouvelles choses vous attendent chez Atelier Lumen");
    expect(mail.text).toContain("Nadia Ferrand vous a mentionné");
    expect(mail.text).toContain("Conversation avec Inès Delcourt");
    expect(mail.text).not.toContain("ici aussi");
    expect(mail.text).toContain("/settings/notifications");
    expect(await mails()).toEqual([{ mail: "sent" }, { mail: "sent" }]);
  });

  it("is not sent of what was seen, nor while its member rests; and again when the server was away", async () => {
    const { call, clock, digest, hugo, as, mails, tenant, nadia } = await team();
    await call();
    await seeNotifications(as(hugo), { notificationId: null });
    clock.advance(11 * minute);
    await digest();
    expect(await mails()).toEqual([{ mail: "dropped" }]);
    const { conversationId } = await createConversation(tenant);
    await addConversationNote(as(nadia), { conversationId, text: "@Hugo Lenoir" });
    await mute(as(hugo), { minutes: 60 });
    clock.advance(30 * minute);
    await digest();
    expect(smtp.taken).toHaveLength(0);
    clock.advance(31 * minute);
    await smtp.close();
    await digest();
    smtp = await startSmtp("", null);
    configure();
    clock.advance(11 * minute);
    await digest();
    expect(smtp.taken).toHaveLength(1);
  });
});

function publicKeyOf(raw: string) {
  const bytes = Buffer.from(raw, "base64url");
  const [x, y] = [bytes.subarray(1, 33), bytes.subarray(33)].map((part) => part.toString("base64url"));
  return createPublicKey({ key: { kty: "EC", crv: "P-256", x: x!, y: y! }, format: "jwk" });
}
