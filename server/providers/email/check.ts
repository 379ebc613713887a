import type { ImapFlow } from "imapflow";
import type { ChannelAccess, CheckLine } from "../contract.ts";
import { problemOf, type ConnectionProblem } from "./connection-problem.ts";
import { imapProblemOf, onMailbox } from "./imap.ts";
import { filesSentItself, sentFolderOf } from "./sent-folder.ts";
import { folderOf, isSimulated, mailServer, secretsOf } from "./servers.ts";
import { lookAtStandIn } from "./simulated-mailbox.ts";
import { signInToSmtp } from "./smtp.ts";
import { failedSend } from "./smtp-refusals.ts";

/** What was seen of the reading side. */
interface SeenMailbox {
  folderThere: boolean;
  folders: string[];
  sentFolder: string | null;
  filesItself: boolean;
}

type Tried<Value> = { ok: true; value: Value } | { ok: false; problem: ConnectionProblem };

/** Signs in on both sides and looks for the folders. Sends nothing, changes nothing. */
export async function check(channel: ChannelAccess): Promise<CheckLine[]> {
  if (isSimulated(channel)) return checkStandIn(channel);
  const [imap, smtp] = await Promise.all([tryImap(channel), trySmtp(channel)]);
  return [
    loginLine("imap_login", "mailbox_login_refused", imap),
    folderLine(imap, folderOf(channel.credentials)),
    loginLine("smtp_login", "smtp_login_refused", smtp),
    certificateLine([imap, smtp]),
    sentCopyLine(imap),
  ];
}

async function tryImap(channel: ChannelAccess): Promise<Tried<SeenMailbox>> {
  const secrets = secretsOf(channel.credentials);
  const folder = folderOf(channel.credentials);
  try {
    return {
      ok: true,
      value: await onMailbox(mailServer(channel.credentials, "imap"), 30_000, (client) => look(client, folder)),
    };
  } catch (error) {
    return { ok: false, problem: imapProblemOf(error, secrets) };
  }
}

async function look(client: ImapFlow, folder: string): Promise<SeenMailbox> {
  const sentFolder = await sentFolderOf(client);
  const folders = (await client.list()).map(({ path }) => path);
  const folderThere = await client.mailboxOpen(folder, { readOnly: true }).then(
    () => true,
    () => false,
  );
  return { folderThere, folders, sentFolder, filesItself: filesSentItself(client) };
}

async function trySmtp(channel: ChannelAccess): Promise<Tried<null>> {
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

async function checkStandIn(channel: ChannelAccess): Promise<CheckLine[]> {
  const seen = await lookAtStandIn(channel);
  const folder = folderOf(channel.credentials);
  const tried: Tried<SeenMailbox> =
    seen.outcome === "ok"
      ? {
          ok: true,
          value: {
            folderThere: seen.value.folders.includes(folder),
            folders: seen.value.folders,
            sentFolder: "Sent",
            filesItself: true,
          },
        }
      : {
          ok: false,
          problem: {
            reason:
              seen.outcome === "refused" && seen.code === "credentials_refused"
                ? "credentials_refused"
                : "provider_unreachable",
            text: seen.text,
          },
        };
  return [
    loginLine("imap_login", "mailbox_login_refused", tried),
    folderLine(tried, folder),
    loginLine("smtp_login", "smtp_login_refused", tried),
    certificateLine([tried]),
    sentCopyLine(tried),
  ];
}

/** A login that was refused fails; what kept us from asking is a failure of its own, not of the password. */
function loginLine(
  name: "imap_login" | "smtp_login",
  refused: "mailbox_login_refused" | "smtp_login_refused",
  tried: Tried<unknown>,
): CheckLine {
  if (tried.ok) return passed(name);
  const { reason, text } = tried.problem;
  return { check: name, result: "fail", reason: reason === "credentials_refused" ? refused : reason, detail: text };
}

function folderLine(imap: Tried<SeenMailbox>, folder: string): CheckLine {
  if (!imap.ok) return undecided("folder");
  return imap.value.folderThere
    ? { ...passed("folder"), detail: folder }
    : { check: "folder", result: "fail", reason: "folder_missing", detail: imap.value.folders.slice(0, 20).join(", ") };
}

function certificateLine(sides: readonly Tried<unknown>[]): CheckLine {
  const problems = sides.flatMap((side) => (side.ok ? [] : [side.problem]));
  const bad = problems.find(({ reason }) => reason.startsWith("certificate_") || reason === "tls_failed");
  if (bad) return { check: "certificate", result: "fail", reason: bad.reason, detail: bad.text };
  // A server that refused the login had shown a good certificate before.
  const reached = problems.every(({ reason }) => reason === "credentials_refused" || reason === "rate_limited");
  return reached ? passed("certificate") : undecided("certificate");
}

function sentCopyLine(imap: Tried<SeenMailbox>): CheckLine {
  if (!imap.ok) return undecided("sent_copy");
  const { sentFolder, filesItself } = imap.value;
  if (filesItself || sentFolder !== null) return { ...passed("sent_copy"), detail: sentFolder };
  return { check: "sent_copy", result: "unknown", reason: "no_sent_folder", detail: null };
}

function passed(name: string): CheckLine {
  return { check: name, result: "pass", reason: null, detail: null };
}

function undecided(name: string): CheckLine {
  return { check: name, result: "unknown", reason: "not_checked", detail: null };
}
