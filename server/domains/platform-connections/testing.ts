import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll } from "vitest";
import { createMember, createTenant, testConfig } from "#db/factories.ts";
import type { Clock } from "#server/core/clock.ts";
import { useConfig } from "#server/core/config.ts";
import { contextFor } from "#server/core/context.ts";
import { createInstagramFake } from "#server/providers/instagram/fake.ts";
import { createWhatsappFake } from "#server/providers/whatsapp/fake.ts";
import { beginSignIn, finishSignIn } from "./jobs.ts";

/** Instagram's and WhatsApp's stand-ins over HTTP with a clock that tests set, and what was asked of Instagram. */
export async function openPlatforms() {
  const state = { now: Date.now(), asked: [] as string[], slowMs: 0 };
  const site = new Hono();
  const server = createServer(getRequestListener(site.fetch));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const apiBaseUrl = `${origin}/simulator/api/instagram`;
  useConfig(testConfig({ publicUrl: origin, simulator: true }));
  const now = () => new Date(state.now);
  const options = { webhookUrl: `${origin}/webhooks`, apiBaseUrl, now };
  const standIn = createInstagramFake(options);
  const whatsapp = createWhatsappFake({ ...options, apiBaseUrl: `${origin}/simulator/api/whatsapp` });
  site.use("/simulator/api/instagram/*", async (context, next) => {
    state.asked.push(`${context.req.method} ${context.req.path.slice("/simulator/api/instagram".length)}`);
    await next();
  });
  site.route("/simulator/api/instagram", standIn.app);
  site.route("/simulator/api/whatsapp", whatsapp.app);
  site.post("/webhooks", (context) => context.text("ok"));
  afterAll(async () => {
    standIn.close();
    whatsapp.close();
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const clock: Clock = { now };
  return { state, standIn, whatsapp, apiBaseUrl, clock };
}

/** A business with an admin, and the browser that walks through the sign-in. */
export async function openShop({ clock }: { clock: Clock }) {
  const tenant = await createTenant();
  const admin = await createMember(tenant, "admin", { clock });
  const { ctx } = admin;
  const username = `compte.${Math.random().toString(36).slice(2, 10)}`;
  const begin = async (channelId: string | null = null) => {
    const { url } = await beginSignIn(ctx, tenant.slug, { platform: "instagram", channelId });
    return new URL(url);
  };
  const connect = async (channelId: string | null = null, name = username) => {
    const back = await answer(await begin(channelId), "allow", { username: name });
    return finishSignIn(ctx, { platform: "instagram", ...back });
  };
  return {
    tenant,
    admin,
    ctx,
    job: contextFor(tenant.tenantId, { type: "job", name: "t" }, clock),
    username,
    begin,
    connect,
  };
}

/** What the owner answers on the platform's page; the state and code that the browser comes back with. */
export async function answer(page: URL, said: "allow" | "deny", fields: Record<string, string>) {
  const form = new URLSearchParams([...page.searchParams, ...Object.entries(fields), ["answer", said]]);
  const sent = await fetch(page.origin + page.pathname, { method: "POST", body: form, redirect: "manual" });
  const back = new URL(sent.headers.get("location") ?? "").searchParams;
  return { state: back.get("state") ?? "", code: back.get("code"), error: back.get("error") };
}
