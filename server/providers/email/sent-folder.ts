import { buffer } from "node:stream/consumers";
import type { ImapFlow } from "imapflow";
import { log } from "#server/core/log.ts";
import type { ChannelAccess } from "../contract.ts";
import type { ComposedMail } from "./compose-mail.ts";
import { onMailbox } from "./imap.ts";
import { mailServer } from "./servers.ts";

/** The copy is a courtesy: it may take this long, milliseconds, and its failure changes nothing. */
const copyWithinMs = 15_000;
/** A larger mail is not uploaded twice. */
const mostCopyBytes = 25 * 1024 * 1024;

/** Puts a copy of a sent mail where the mailbox's owner looks for it, unless the server has done so. */
export async function keepSentCopy(channel: ChannelAccess, mail: ComposedMail): Promise<void> {
  try {
    await onMailbox(mailServer(channel.credentials, "imap"), copyWithinMs, async (client) => {
      if (filesSentItself(client)) return;
      const folder = await sentFolderOf(client);
      if (folder === null || (await isThere(client, folder, mail.messageId))) return;
      const bytes = await buffer(await mail.open());
      if (bytes.length <= mostCopyBytes) await client.append(folder, bytes, ["\\Seen"], new Date());
    });
  } catch (error) {
    log.info({ channelId: channel.channelId, reason: nameOf(error) }, "no copy of a sent mail could be kept");
  }
}

/** Whether a mail with this Message-ID lies among the sent ones. */
export async function isFiled(channel: ChannelAccess, messageId: string): Promise<boolean> {
  return onMailbox(mailServer(channel.credentials, "imap"), copyWithinMs, async (client) => {
    const folder = await sentFolderOf(client);
    return folder !== null && isThere(client, folder, messageId);
  });
}

/** The folder of sent mails: marked so by the server, or by one of its usual names. */
export async function sentFolderOf(client: ImapFlow): Promise<string | null> {
  const folders = await client.list();
  const marked = folders.find((folder) => folder.specialUse === "\\Sent");
  return (
    (
      marked ??
      folders.find((folder) =>
        /^(?:sent|sent items|sent messages|envoyés|éléments envoyés|messages envoyés)$/i.test(folder.name),
      )
    )?.path ?? null
  );
}

/** Gmail keeps what is sent through it. */
export function filesSentItself(client: ImapFlow): boolean {
  return client.capabilities.has("X-GM-EXT-1");
}

async function isThere(client: ImapFlow, folder: string, messageId: string): Promise<boolean> {
  await client.mailboxOpen(folder, { readOnly: true });
  const found = await client.search({ header: { "message-id": messageId } }, { uid: true });
  return Array.isArray(found) && found.length > 0;
}

function nameOf(error: unknown): string {
  const { code, name } = (error ?? {}) as Record<string, unknown>;
  return String(code ?? name ?? "failed");
}
