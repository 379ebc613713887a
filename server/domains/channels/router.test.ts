import { expect, test } from "vitest";
import { createChannel, createMember, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import type { Role } from "#server/core/context.ts";
import { systemClock } from "#server/core/clock.ts";
import { createCallerFactory } from "#server/trpc/init.ts";
import { channelsRouter } from "./router.ts";

await testDatabase();
const createCaller = createCallerFactory(channelsRouter);

async function as(role: Role) {
  const tenant = await createTenant();
  const { userId, email, name } = await createMember(tenant, role);
  const membership = {
    tenantId: tenant.tenantId,
    slug: tenant.slug,
    name: tenant.name,
    kind: "business" as const,
    timezone: "Europe/Paris",
    locale: "fr" as const,
    currency: "EUR",
    demo: false,
    role,
    displayName: name,
  };
  const viewer = {
    userId,
    sessionHash: "",
    email,
    name,
    locale: null,
    theme: "system" as const,
    timezone: null,
    memberships: [membership],
    lastTenantSlug: null,
  };
  const caller = createCaller({
    viewer,
    tenantSlug: tenant.slug,
    clock: systemClock,
    client: { address: "", userAgent: "" },
    setCookie: () => undefined,
  });
  return { tenant, caller, channel: await createChannel(tenant) };
}

test.each(["agent", "manager"] as const)("%s sees the channels and changes none", async (role) => {
  const { caller, channel } = await as(role);
  const { channelId } = channel;
  expect(await caller.list()).toMatchObject([{ id: channelId, health: "waiting" }]);
  for (const attempt of [
    () => caller.get({ channelId }),
    () => caller.address({ channelId }),
    () => caller.create({ provider: "whatsapp", name: "X" }),
    () => caller.connect({ channelId, credentials: {} }),
    () => caller.enable({ channelId, enabled: false }),
    () => caller.update({ channelId, name: "X" }),
    () => caller.test({ channelId }),
    () => caller.delete({ channelId }),
    () => caller.revealVerifyToken({ channelId }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
});

test("an admin reads a channel without its secrets, and the verify token when asked for", async () => {
  const { caller, channel } = await as("admin");
  const { channelId, credentials, webhookKey, verifyToken } = channel;
  const answers = JSON.stringify([await caller.list(), await caller.get({ channelId })]);
  for (const secret of [credentials.access_token, credentials.app_secret, webhookKey, verifyToken])
    expect(answers).not.toContain(secret);
  expect((await caller.address({ channelId })).webhookUrl).toMatch(`/webhooks/whatsapp/${webhookKey}`);
  expect(await caller.revealVerifyToken({ channelId })).toEqual({ verifyToken });
});

test("a new channel observes until its signatures are enforced, and can be made to again; a mailbox never does", async () => {
  const { tenant, caller } = await as("admin");
  const { channelId } = await caller.create({ provider: "whatsapp", name: "Neuf" });
  expect(await caller.get({ channelId })).toMatchObject({ observeMode: true });
  for (const observeMode of [false, true]) await caller.update({ channelId, observeMode });
  const audit = await withTenant(tenant, (tx) =>
    tx.raw.unsafe(
      "select action, data, actor_id is not null as named from audit_log where action = 'channel.update' order by id",
    ),
  );
  expect([...audit]).toEqual([
    { action: "channel.update", data: { observeMode: false }, named: true },
    { action: "channel.update", data: { observeMode: true }, named: true },
  ]);
  const mailbox = await caller.create({ provider: "email", name: "Boîte" });
  expect(await caller.get(mailbox)).toMatchObject({ observeMode: false });
});
