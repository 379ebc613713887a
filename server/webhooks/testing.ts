import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";
import type { MadeChannel } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { startDraining } from "#server/domains/webhook-logs/jobs.ts";
import type { Drain } from "#server/domains/webhook-logs/drain.ts";
import { answerWebhook, stopIntake } from "./index.ts";

export interface TestEdge {
  url: string;
  drain: Drain;
}

/** The inbound edge on a port of its own, with a drain behind it; gone after the file. */
export async function startEdge({ drains = true } = {}): Promise<TestEdge> {
  const server = createServer((request, response) => void answerWebhook(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const drain = startDraining();
  if (!drains) await drain.stop();
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await stopIntake();
    await drain.stop();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, drain };
}

/** One text message of a customer, as Meta puts it in a change. */
export function textMessage(values: { id: string; from?: string; userId?: string; text?: string; at?: number }) {
  const { id, from, userId, text = "Bonjour !", at = Math.floor(Date.now() / 1000) } = values;
  return {
    item: {
      id,
      timestamp: String(at),
      type: "text",
      text: { body: text },
      ...(from ? { from } : {}),
      ...(userId ? { from_user_id: userId } : {}),
    },
    contact: {
      profile: { name: "Camille Durand" },
      ...(from ? { wa_id: from } : {}),
      ...(userId ? { user_id: userId } : {}),
    },
  };
}

export interface ChangeOf {
  channel: Pick<MadeChannel, "credentials">;
  messages?: ReturnType<typeof textMessage>[];
  statuses?: object[];
}

/** A post of the WhatsApp Cloud API with one entry per channel named. */
export function whatsappPost(...changes: ChangeOf[]): string {
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: changes.map(({ channel, messages = [], statuses = [] }) => ({
      id: channel.credentials.business_account_id,
      changes: [
        {
          field: "messages",
          value: {
            messaging_product: "whatsapp",
            metadata: {
              display_phone_number: channel.credentials.display_phone_number,
              phone_number_id: channel.credentials.phone_number_id,
            },
            ...(messages.length > 0
              ? { contacts: messages.map((one) => one.contact), messages: messages.map((one) => one.item) }
              : {}),
            ...(statuses.length > 0 ? { statuses } : {}),
          },
        },
      ],
    })),
  });
}

export function signatureOf(body: string | Uint8Array, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** Posts a body as Meta would, signed with a secret unless it is null. */
export function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  secret: string | null,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      ...(secret === null ? {} : { "x-hub-signature-256": signatureOf(body, secret) }),
      ...headers,
    },
  });
}

export type LogRow = {
  id: string;
  status: string;
  reason: string | null;
  webhook_type: string;
  channel_id: string | null;
  external_message_id: string | null;
  customer_id: string | null;
  conversation_id: string | null;
  message_id: string | null;
  attempts: number;
  delivery_id: string;
};

/** The events of a tenant's log, oldest first. */
export function logsOf(tenant: { tenantId: string }): Promise<LogRow[]> {
  return withTenant(tenant, async (tx) => [
    ...(await tx.raw.unsafe<LogRow[]>("select * from webhook_logs order by id")),
  ]);
}

/** Everything of one table that a tenant sees. */
export function rowsOf<Row extends Record<string, unknown>>(
  tenant: { tenantId: string },
  table: string,
): Promise<Row[]> {
  return withTenant(tenant, async (tx) => [...(await tx.raw.unsafe<Row[]>(`select * from ${table}`))]);
}
