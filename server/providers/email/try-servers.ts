import type { ImapFlow } from "imapflow";
import type { ChannelAccess } from "../contract.ts";
import { problemOf, type ConnectionProblem } from "./connection-problem.ts";
import { imapProblemOf, onMailbox, roomUsed } from "./imap.ts";
import { filesSentItself, sentFolderOf } from "./sent-folder.ts";
import { folderOf, isSimulated, mailServer, secretsOf } from "./servers.ts";
import { lookAtStandIn } from "./simulated-mailbox.ts";
import { signInToSmtp } from "./smtp.ts";
import { failedSend } from "./smtp-refusals.ts";

/** What was seen of the reading side. */
export interface SeenMailbox {
  folderThere: boolean;
  folders: string[];
  sentFolder: string | null;
  /** The server keeps what is sent through it by itself. */
  filesItself: boolean;
  /** Part of the room that is taken; null where nobody counts. */
  used: number | null;
}

export type Tried<Value> = { ok: true; value: Value } | { ok: false; problem: ConnectionProblem };

/** Signs in for reading and looks around. Never throws. */
export async function tryReading(channel: ChannelAccess): Promise<Tried<SeenMailbox>> {
  const folder = folderOf(channel.credentials);
  if (isSimulated(channel)) return tryStandIn(channel, folder);
  try {
    const server = mailServer(channel.credentials, "imap");
    return { ok: true, value: await onMailbox(server, 30_000, (client) => look(client, folder)) };
  } catch (error) {
    return { ok: false, problem: imapProblemOf(error, secretsOf(channel.credentials)) };
  }
}

async function look(client: ImapFlow, folder: string): Promise<SeenMailbox> {
  const sentFolder = await sentFolderOf(client);
  const folders = (await client.list()).map(({ path }) => path);
  const folderThere = await client.mailboxOpen(folder, { readOnly: true }).then(
    () => true,
    () => false,
  );
  const used = folderThere ? await roomUsed(client, folder, 10_000) : null;
  return { folderThere, folders, sentFolder, filesItself: filesSentItself(client), used };
}

async function tryStandIn(channel: ChannelAccess, folder: string): Promise<Tried<SeenMailbox>> {
  const seen = await lookAtStandIn(channel);
  if (seen.outcome !== "ok") return { ok: false, problem: standInProblem(seen) };
  const { folders, used } = seen.value;
  return {
    ok: true,
    value: { folderThere: folders.includes(folder), folders, sentFolder: "Sent", filesItself: true, used },
  };
}

/** Signs in for sending, and leaves. Never throws. */
export async function trySending(channel: ChannelAccess): Promise<Tried<null>> {
  if (isSimulated(channel)) {
    const seen = await lookAtStandIn(channel, "smtp");
    return seen.outcome === "ok" ? { ok: true, value: null } : { ok: false, problem: standInProblem(seen) };
  }
  const secrets = secretsOf(channel.credentials);
  try {
    await signInToSmtp(mailServer(channel.credentials, "smtp"));
    return { ok: true, value: null };
  } catch (error) {
    const failure = failedSend(error, false, secrets);
    const refusedLogin = failure.outcome === "refused" && failure.code === "smtp_login_refused";
    return refusedLogin
      ? { ok: false, problem: { reason: "credentials_refused", text: failure.text } }
      : { ok: false, problem: problemOf(error, secrets) };
  }
}

function standInProblem(seen: { outcome: string; code?: string; text: string }): ConnectionProblem {
  const known = (["credentials_refused", "host_not_found"] as const).find((reason) => reason === seen.code);
  return { reason: known ?? "provider_unreachable", text: seen.text };
}
