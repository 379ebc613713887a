import type { ImapFlow } from "imapflow";
import { createRoom } from "#server/mail/index.ts";
import type { ApiOutcome, ChannelAccess, Mailbox, MailboxItem } from "../contract.ts";
import { imapProblemOf, mostMailBytes, roomUsed, signInToImap, within } from "./imap.ts";
import type { ConnectionProblem } from "./connection-problem.ts";
import { folderOf, isSimulated, mailServer, secretsOf } from "./servers.ts";
import { openStandInMailbox } from "./simulated-mailbox.ts";

/** How patient the reader is, milliseconds. */
export interface Patience {
  /** A server with IDLE speaks up by itself; it is asked all the same, so that a line that died unheard is noticed. */
  askAnywayMs: number;
  /** A server without IDLE is asked this often. */
  pollEveryMs: number;
  answerWithinMs: number;
}
const usual: Patience = { askAnywayMs: 4 * 60_000, pollEveryMs: 45_000, answerWithinMs: 20_000 };

/** Mails are fetched together up to this many bytes or mails. */
const mostTogether = { bytes: 4 * 1024 * 1024, mails: 50 };
/** A server that takes longer for them, milliseconds, holds memory that other mailboxes wait for. */
const fetchWithinMs = 3 * 60_000;
/** Mails of all mailboxes that are fetched and not stored yet, bytes. */
const fetched = createRoom(128 * 1024 * 1024);

/** Opens the channel's folder for reading only: nothing in it is marked or moved. */
export async function openMailbox(channel: ChannelAccess, patience: Patience = usual): Promise<ApiOutcome<Mailbox>> {
  if (isSimulated(channel)) return openStandInMailbox(channel);
  const secrets = secretsOf(channel.credentials);
  let client: ImapFlow | undefined;
  try {
    client = await signInToImap(mailServer(channel.credentials, "imap"));
    return { outcome: "ok", value: await openFolder(client, folderOf(channel.credentials), patience) };
  } catch (error) {
    const problem = client?.usable ? folderProblem(error, secrets) : imapProblemOf(error, secrets);
    client?.close();
    return { outcome: "refused", class: classOf(problem.reason), code: problem.reason, text: problem.text };
  }
}

/** Signed in, and the server still says no: that is about the folder. */
function folderProblem(error: unknown, secrets: readonly string[]): ConnectionProblem {
  const problem = imapProblemOf(error, secrets);
  const refused = (error as { responseStatus?: unknown }).responseStatus === "NO";
  return refused && problem.reason === "provider_unreachable" ? { ...problem, reason: "folder_missing" } : problem;
}

function classOf(reason: ConnectionProblem["reason"]): "retry" | "slow" | "channel" {
  if (reason === "credentials_refused" || reason === "folder_missing") return "channel";
  return reason === "rate_limited" ? "slow" : "retry";
}

async function openFolder(client: ImapFlow, folder: string, patience: Patience): Promise<Mailbox> {
  const opened = await client.mailboxOpen(folder, { readOnly: true });
  const idles = client.capabilities.has("IDLE") || client.capabilities.has("IMAP4REV2");
  let news = false;
  client.on("exists", () => (news = true));
  return {
    folder,
    uidValidity: Number(opened.uidValidity),
    uidNext: opened.uidNext ?? 1,
    mode: idles ? "idle" : "polling",
    after: (uid) => {
      news = false;
      return fetchItems(client, { uid: `${uid + 1}:*` }, (found) => found > uid);
    },
    since: (instant) => {
      news = false;
      // The server compares days only, and in a zone of its own.
      return fetchItems(client, { since: new Date(instant.getTime() - 86_400_000) }, () => true);
    },
    changed: async (signal) => {
      if (!news) await (idles ? waitInIdle(client, signal, patience) : waitAndAsk(client, signal, patience));
      if (!client.usable)
        throw Object.assign(new Error(client.byeReason ?? "the connection was closed"), { code: "NoConnection" });
    },
    fullness: () => roomUsed(client, folder, patience.answerWithinMs),
    close: async () => {
      await within(client.logout(), 2_000).catch(() => undefined);
      client.close();
    },
  };
}

async function* fetchItems(
  client: ImapFlow,
  wanted: { uid: string } | { since: Date },
  fits: (uid: number) => boolean,
): AsyncGenerator<MailboxItem> {
  const found = await client.search(wanted, { uid: true });
  const uids = (Array.isArray(found) ? found : []).filter(fits).toSorted((a, b) => a - b);
  // Of a folder with very many new mails a part is looked at: the rest when that is stored.
  for (let from = 0; from < uids.length; from += 500) yield* fetchSome(client, uids.slice(from, from + 500));
}

async function* fetchSome(client: ImapFlow, uids: readonly number[]): AsyncGenerator<MailboxItem> {
  const query = { uid: true, size: true, internalDate: true, envelope: true } as const;
  const heads = (await client.fetchAll([...uids], query, { uid: true })).toSorted((a, b) => a.uid - b.uid);
  for (const together of portions(heads.map(({ uid, size = 0 }) => ({ uid, size })))) {
    const small = together.filter(({ size }) => size <= mostMailBytes);
    const giveBack = await fetched.take(small.reduce((sum, { size }) => sum + size, 0));
    try {
      const bytes = await sourcesOf(
        client,
        small.map(({ uid }) => uid),
      );
      for (const { uid, size } of together) {
        const head = heads.find((mail) => mail.uid === uid);
        // Gone between two commands: somebody has deleted it.
        if (size <= mostMailBytes && !bytes.get(uid)) continue;
        yield {
          uid,
          size,
          storedAt: instantOf(head?.internalDate),
          writtenAt: instantOf(head?.envelope?.date),
          bytes: bytes.get(uid) ?? null,
        };
      }
    } finally {
      giveBack();
    }
  }
}

async function sourcesOf(client: ImapFlow, uids: readonly number[]): Promise<Map<number, Uint8Array | null>> {
  if (uids.length === 0) return new Map();
  const mails = await within(client.fetchAll([...uids], { uid: true, source: true }, { uid: true }), fetchWithinMs);
  return new Map(mails.map((mail) => [mail.uid, mail.source ?? null]));
}

function portions(mails: readonly { uid: number; size: number }[]): { uid: number; size: number }[][] {
  const all: { uid: number; size: number }[][] = [];
  let held = Infinity;
  for (const mail of mails) {
    const last = all.at(-1);
    if (last && held + mail.size <= mostTogether.bytes && last.length < mostTogether.mails) {
      last.push(mail);
      held += mail.size;
    } else {
      all.push([mail]);
      held = mail.size;
    }
  }
  return all;
}

function instantOf(value: Date | string | undefined): Date | null {
  const date = value === undefined ? null : new Date(value);
  return date && Number.isFinite(date.getTime()) ? date : null;
}

/** Waits in IDLE until the server says something; then asks it once, which also shows whether it is there. */
async function waitInIdle(client: ImapFlow, signal: AbortSignal, patience: Patience): Promise<void> {
  client.idle().catch(() => undefined);
  await heard(client, patience.askAnywayMs, signal);
  if (!signal.aborted) await ask(client, patience);
}

async function waitAndAsk(client: ImapFlow, signal: AbortSignal, patience: Patience): Promise<void> {
  await heard(client, patience.pollEveryMs * (0.9 + Math.random() / 5), signal);
  if (!signal.aborted) await ask(client, patience);
}

/** A NOOP that is not answered in time is the end of the connection: IDLE may die without a word. */
async function ask(client: ImapFlow, { answerWithinMs }: Patience): Promise<void> {
  if (!client.usable) return;
  try {
    await within(client.noop(), answerWithinMs);
  } catch (error) {
    client.close();
    throw error;
  }
}

/** Resolves on news, on the end of the connection, when told to stop, or after a while. */
function heard(client: ImapFlow, mostMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      client.off("exists", done);
      client.off("close", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, mostMs);
    client.once("exists", done);
    client.once("close", done);
    signal.addEventListener("abort", done, { once: true });
    if (signal.aborted || !client.usable) done();
  });
}
