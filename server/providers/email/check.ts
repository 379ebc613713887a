import type { ChannelAccess, CheckLine } from "../contract.ts";
import { tryReading, trySending, type SeenMailbox, type Tried } from "./try-servers.ts";
import { folderOf } from "./servers.ts";

/** Room that is used beyond which the next large mail is turned away. */
const nearlyFull = 0.95;

/** Signs in on both sides and looks for the folders and for room. Sends nothing, changes nothing. */
export async function check(channel: ChannelAccess): Promise<CheckLine[]> {
  const [imap, smtp] = await Promise.all([tryReading(channel), trySending(channel)]);
  return [
    loginLine("imap_login", "mailbox_login_refused", imap),
    folderLine(imap, folderOf(channel.credentials)),
    ...roomLines(imap),
    loginLine("smtp_login", "smtp_login_refused", smtp),
    certificateLine([imap, smtp]),
    sentCopyLine(imap),
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

/** Servers that keep no count of the room say nothing of it, and neither do we. */
function roomLines(imap: Tried<SeenMailbox>): CheckLine[] {
  const used = imap.ok ? imap.value.used : null;
  if (used === null) return [];
  const detail = `${Math.round(used * 100)} %`;
  return used >= nearlyFull
    ? [{ check: "room", result: "fail", reason: "mailbox_full", detail }]
    : [{ ...passed("room"), detail }];
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
