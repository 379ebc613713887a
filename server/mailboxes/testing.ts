import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { MadeChannel, MadeTenant } from "#db/factories.ts";
import { createChannel, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { startDraining } from "#server/domains/webhook-logs/jobs.ts";
import { useStorage } from "#server/storage/index.ts";
import { localFolder } from "#server/storage/local-folder.ts";
import { startMailboxes } from "./start-mailboxes.ts";
import type { TestAuthority } from "./testing-certificates.ts";
import { trustTestAuthority } from "./testing-certificates.ts";
import { hasDovecot } from "./testing-dovecot.ts";

/** Says that the tests with a real mail server are not run here, and why. */
export function needsDovecot(): boolean {
  if (!hasDovecot) console.log("Dovecot is not installed: the tests with a real IMAP server were not run");
  return hasDovecot;
}

/** Whatever reads a mailbox needs: an authority that is trusted, storage, a drain. Gone after the file. */
export function openMailTests(): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), "guichet-mails-"));
  useStorage(localFolder(folder));
  const drain = startDraining();
  afterAll(async () => {
    await drain.stop();
    useStorage(undefined);
    rmSync(folder, { recursive: true, force: true });
  });
  return trustTestAuthority();
}

/** A process that reads mailboxes, until the test or the file is over. */
export function readMailboxes() {
  const mailboxes = startMailboxes({ lookEveryMs: 200 });
  afterAll(() => mailboxes.stop());
  return mailboxes;
}

export interface MailShop {
  tenant: MadeTenant;
  channel: MadeChannel;
  address: string;
  /** Every message as it stands, oldest first. */
  messages(): Promise<MessageRow[]>;
  rows<Row>(query: string): Promise<Row[]>;
}

export interface MessageRow {
  id: string;
  conversation_id: string;
  direction: string;
  status: string;
  text: string;
  external_id: string;
  error_code: string | null;
  error_message: string | null;
}

/** A tenant with a mailbox at these servers. */
export async function openShop(
  credentials: Record<string, string>,
  columns: Parameters<typeof createChannel>[1] = {},
): Promise<MailShop> {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { ...columns, provider: "email", credentials });
  const rows = <Row>(query: string) =>
    withTenant(tenant, async ({ raw }) => [...(await raw.unsafe(query))] as unknown as Row[]);
  return {
    tenant,
    channel,
    address: channel.credentials.address ?? "",
    messages: () => rows<MessageRow>("select * from messages order by occurred_at, id"),
    rows,
  };
}

/** A mail of a made-up customer. */
export function mailText(values: {
  id?: string | null;
  from?: string;
  to: string;
  subject?: string;
  text?: string;
  at?: Date;
  headers?: readonly string[];
}): string {
  const {
    id,
    from = "Alix Roux <alix@client.example>",
    to,
    subject = "Une lampe",
    text = "Bonjour",
    at = new Date(),
  } = values;
  return [
    ...(id === null ? [] : [`Message-ID: <${id ?? `${Math.random().toString(36).slice(2)}@client.example`}>`]),
    `Date: ${at.toUTCString()}`,
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    ...(values.headers ?? []),
    "",
    text,
    "",
  ].join("\r\n");
}
