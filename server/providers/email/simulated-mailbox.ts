import { buffer } from "node:stream/consumers";
import { callApi, withoutSecrets, type ApiAnswer } from "../call-api.ts";
import type { ApiOutcome, ChannelAccess, Mailbox, MailboxItem, SendOutcome } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import type { ComposedMail } from "./compose-mail.ts";
import { folderOf, mailServer, secretsOf } from "./servers.ts";
import { refusalOf } from "./smtp-refusals.ts";

/**
 * The simulator's mailbox over HTTP: what IMAP and SMTP say of one, in four requests. A simulated channel
 * has to work where no mail server runs; the protocols themselves are tested against real servers.
 */
const waitMs = 20_000;

/** Names the server that is spoken to: of a made-up one too there is a wrong name. */
export const serverHeader = "x-guichet-server";

/** Hands a mail to the simulator. */
export async function sendToStandIn(channel: ChannelAccess, mail: ComposedMail): Promise<SendOutcome> {
  const raw = await buffer(await mail.open());
  const body = { messageId: mail.messageId, to: mail.envelope.to, raw: raw.toString("base64") };
  const answer = await ask(channel, "mails", { method: "POST", body: JSON.stringify(body) }, { side: "smtp" });
  if (answer.kind === "lost") return { outcome: "unknown", text: answer.text };
  if (answer.kind === "unreachable") {
    return { outcome: "refused", class: "retry", code: "provider_unreachable", text: answer.text };
  }
  if (answer.status < 300) return { outcome: "accepted", providerMessageId: mail.messageId };
  if (isNoHost(answer)) {
    return { outcome: "refused", class: "slow", code: "host_not_found", text: wordsOf(answer) };
  }
  const code = Number(answer.body?.code);
  if (answer.status >= 500 || !Number.isInteger(code)) {
    return { outcome: "refused", class: "retry", code: `http_${answer.status}`, text: `HTTP ${answer.status}` };
  }
  return refusalOf(code, wordsOf(answer), code === 535, secretsOf(channel.credentials));
}

export async function standInHas(channel: ChannelAccess, messageId: string): Promise<boolean> {
  const answer = await ask(channel, `sent?id=${encodeURIComponent(messageId)}`);
  return answer.kind === "answered" && answer.status === 200;
}

/** Signs in, and names the folders there. */
export async function lookAtStandIn(
  channel: ChannelAccess,
  side: Side = "imap",
): Promise<ApiOutcome<{ folders: string[]; used: number }>> {
  const answer = await ask(channel, "folders", {}, { side });
  if (answer.kind !== "answered") return refused("retry", "provider_unreachable", answer.text);
  if (isNoHost(answer)) return refused("retry", "host_not_found", wordsOf(answer));
  if (answer.status === 401) return refused("channel", "credentials_refused", wordsOf(answer));
  if (answer.status !== 200) return refused("retry", "provider_unreachable", `HTTP ${answer.status}`);
  const folders = listOf(answer.body?.folders).filter((one) => typeof one === "string");
  return { outcome: "ok", value: { folders, used: Number(answer.body?.used) || 0 } };
}

export async function openStandInMailbox(channel: ChannelAccess): Promise<ApiOutcome<Mailbox>> {
  const seen = await lookAtStandIn(channel);
  if (seen.outcome !== "ok") return seen;
  const folder = folderOf(channel.credentials);
  if (!seen.value.folders.includes(folder)) return refused("channel", "folder_missing", folder);
  const first = await list(channel, 0, 0, null);
  if (!first) return refused("retry", "provider_unreachable", "no answer");
  let { uidNext } = first;
  async function* after(uid: number): AsyncGenerator<MailboxItem> {
    const now = await list(channel, uid, 0, null);
    if (!now) throw new Error("the simulator does not answer");
    uidNext = now.uidNext;
    for (const head of now.mails) yield* fetchItem(channel, head);
  }
  async function changed(signal: AbortSignal): Promise<void> {
    const now = await list(channel, uidNext - 1, waitMs, signal);
    if (!now && !signal.aborted) throw new Error("the simulator does not answer");
  }
  const { uidValidity } = first;
  const close = () => Promise.resolve();
  const fullness = async () => {
    const now = await lookAtStandIn(channel);
    return now.outcome === "ok" ? now.value.used : null;
  };
  return {
    outcome: "ok",
    value: { folder, uidValidity, uidNext, mode: "idle", after, since: () => after(0), changed, fullness, close },
  };
}

interface Listing {
  uidValidity: number;
  uidNext: number;
  mails: { uid: number; at: Date; size: number }[];
}

/** The mails with a UID above this one; waits that long for the first where there is none, or until the signal. */
async function list(
  channel: ChannelAccess,
  after: number,
  forMs: number,
  signal: AbortSignal | null,
): Promise<Listing | null> {
  const path = `mails?after=${after}&wait=${forMs}`;
  const answer = await ask(channel, path, { signal }, { withinMs: forMs + 15_000 });
  if (answer.kind !== "answered" || answer.status !== 200 || answer.body === null) return null;
  return {
    uidValidity: Number(answer.body.uidValidity),
    uidNext: Number(answer.body.uidNext),
    mails: listOf(answer.body.mails).map((mail) => {
      const head = objectOf(mail);
      return { uid: Number(head?.uid), size: Number(head?.size), at: new Date(firstText(head, "at") ?? 0) };
    }),
  };
}

async function* fetchItem(
  channel: ChannelAccess,
  { uid, at, size }: Listing["mails"][number],
): AsyncGenerator<MailboxItem> {
  const response = await fetch(`${channel.apiBaseUrl}/mails/${uid}`, {
    headers: headersOf(channel, "imap"),
    signal: AbortSignal.timeout(15_000),
  });
  if (response.status === 404) return;
  if (!response.ok) throw new Error(`the simulator answered ${response.status}`);
  yield { uid, size, storedAt: at, writtenAt: at, bytes: new Uint8Array(await response.arrayBuffer()) };
}

type Side = "imap" | "smtp";

function ask(
  channel: ChannelAccess,
  path: string,
  init: RequestInit = {},
  { side = "imap", withinMs }: { side?: Side; withinMs?: number } = {},
): Promise<ApiAnswer> {
  return callApi(`${channel.apiBaseUrl}/${path}`, { ...init, headers: headersOf(channel, side) }, withinMs);
}

function headersOf({ credentials }: ChannelAccess, side: Side): Record<string, string> {
  const { host, password } = mailServer(credentials, side);
  return {
    authorization: `Basic ${Buffer.from(`${credentials.address ?? ""}:${password}`).toString("base64")}`,
    [serverHeader]: host,
    "content-type": "application/json",
  };
}

function refused(kind: "retry" | "channel", code: string, text: string) {
  return { outcome: "refused", class: kind, code, text } as const;
}

function isNoHost(answer: Extract<ApiAnswer, { kind: "answered" }>): boolean {
  return answer.body?.error === "ENOTFOUND";
}

function wordsOf(answer: Extract<ApiAnswer, { kind: "answered" }>): string {
  return withoutSecrets(firstText(answer.body, "text") ?? `HTTP ${answer.status}`, []);
}
