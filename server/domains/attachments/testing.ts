import { serve } from "@hono/node-server";
import { eq } from "drizzle-orm";
import { Hono } from "hono";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { createChannel, createCustomer, createMember, createTenant, testConfig } from "#db/factories.ts";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import { systemClock, type Clock } from "#server/core/clock.ts";
import { useConfig } from "#server/core/config.ts";
import { contextFor } from "#server/core/context.ts";
import { receiveMessages } from "#server/domains/conversations/index.ts";
import { createWhatsappFake } from "#server/providers/whatsapp/fake.ts";
import { whatsapp as provider } from "#server/providers/whatsapp/index.ts";
import { openStorage, useStorage } from "#server/storage/index.ts";
import { fetchAttachmentJob } from "./jobs.ts";

/** A PNG of `width` × `height` that a decoder would take for one: its beginning is whole. */
export function png(width = 3, height = 2): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54], 24);
  return bytes;
}

export const pdf = (): Uint8Array => new TextEncoder().encode("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n");

/** A folder of its own as storage, for one test file. */
export function openFiles(): { names(): string[] } {
  const dataFolder = mkdtempSync(join(tmpdir(), "guichet-attachments-"));
  useStorage(openStorage({ storage: undefined, dataFolder }));
  afterAll(() => {
    useStorage(undefined);
    rmSync(dataFolder, { recursive: true });
  });
  const names = () =>
    readdirSync(join(dataFolder, "files"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
  return { names };
}

/** A WhatsApp number with its stand-in, and a customer who sends it pictures. */
export async function openPhone() {
  const posts: string[] = [];
  const site = new Hono();
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: site.fetch, port: 0 }, () => resolve(listening));
  });
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const vendor = createWhatsappFake({
    webhookUrl: `${origin}/sink`,
    apiBaseUrl: `${origin}/simulator/api/whatsapp`,
  });
  site.post("/sink", async (c) => {
    posts.push(await c.req.text());
    return c.text("ok");
  });
  site.route("/simulator/api/whatsapp", vendor.app);
  useConfig(testConfig({ publicUrl: origin }));
  afterAll(() => {
    vendor.close();
    server.close();
  });

  const tenant = await createTenant();
  const channel = await createChannel(tenant, { simulated: true });
  const account = vendor.addAccount(channel.credentials);
  const customer = await createCustomer(tenant);
  const member = await createMember(tenant);
  const job = contextFor(tenant.tenantId, { type: "webhook", channelId: channel.channelId });

  /** The customer sends a picture; it is received as a message, and not fetched yet. */
  async function send(file: { mimeType: string; bytes: Uint8Array }, text = "") {
    vendor.write(account.id, { address: customer.phone, name: null }, text, { file });
    await vendor.settled();
    const body = new TextEncoder().encode(posts.pop());
    const parts = await provider.split({ url: origin, headers: {}, body });
    const events = parts.map((part) => provider.parse(part.payload, new Date()).event);
    const [event] = events.filter((one) => one.kind === "message");
    if (!event) throw new Error("no message was posted");
    const [received] = await receiveMessages(job, [{ channelId: channel.channelId, webhookLogId: null, event }]);
    const [row] = await filesOf(received!.messageId!);
    return { messageId: received!.messageId!, conversationId: received!.conversationId!, file: row! };
  }
  const filesOf = (messageId: string) =>
    withTenant(tenant, (tx) => tx.select().from(attachments).where(eq(attachments.messageId, messageId)));
  const fetch = (attachmentId: string, clock: Clock = systemClock) =>
    fetchAttachmentJob.run(
      { tenantId: tenant.tenantId, attachmentId },
      { clock, signal: new AbortController().signal },
    );
  return { vendor, account, origin, tenant, channel, customer, member, send, filesOf, fetch };
}
