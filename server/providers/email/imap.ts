import { isIP } from "node:net";
import type { ImapFlow } from "imapflow";
import { reachableAddress } from "../../core/reach.ts";
import { withoutSecrets } from "../call-api.ts";
import { problemOf, type ConnectionProblem } from "./connection-problem.ts";
import type { MailServer } from "./servers.ts";

/** The largest mail that is taken in, bytes. */
export const mostMailBytes = 40 * 1024 * 1024;

/** A server that says nothing for this long is taken for dead, milliseconds; IDLE is asked for anew before. */
const silentMs = 5 * 60_000;

/**
 * Signs in to a mailbox. The certificate is verified. Throws what imapflow throws: see
 * {@link imapProblemOf}. Whoever opens it closes it.
 */
export async function signInToImap({ host, port, security, user, password }: MailServer): Promise<ImapFlow> {
  const imapflow = await import("imapflow");
  const client = new imapflow.ImapFlow({
    host: await reachableAddress(host),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    port,
    secure: security === "tls",
    doSTARTTLS: security === "starttls",
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: silentMs - 60_000,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: silentMs,
    maxLineLength: 1024 * 1024,
    maxLiteralSize: mostMailBytes + 64 * 1024,
    maxResponseSize: mostMailBytes + 4 * 1024 * 1024,
    clientInfo: { name: "Guichet" },
  });
  // Reported by whatever is under way; without a listener an error of the socket would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

/** What an error of the mailbox means. A login is refused only where the server said so. */
export function imapProblemOf(error: unknown, secrets: readonly string[]): ConnectionProblem {
  const { authenticationFailed, responseText, serverResponseCode } = (error ?? {}) as Record<string, unknown>;
  const words = typeof responseText === "string" ? responseText : "";
  const code = typeof serverResponseCode === "string" ? serverResponseCode.toUpperCase() : "";
  const as = (reason: ConnectionProblem["reason"]) => ({
    reason,
    text: withoutSecrets([code, words].filter(Boolean).join(" · ") || reason, secrets),
  });
  if (code === "OVERQUOTA") return as("mailbox_full");
  if (code === "LIMIT" || code === "INUSE" || /too many (?:simultaneous )?(?:connections|logins)/i.test(words))
    return as("rate_limited");
  // RFC 5530: the server could not look the password up just now, which says nothing of the password.
  if (code === "UNAVAILABLE" || code === "SERVERBUG") return as("provider_unreachable");
  if (code === "NONEXISTENT" || code === "TRYCREATE") return as("folder_missing");
  if (authenticationFailed === true) return as("credentials_refused");
  return problemOf(error, secrets);
}

/** Runs one errand on a connection of its own, within the time (milliseconds) it may take. */
export async function onMailbox<Value>(
  server: MailServer,
  withinMs: number,
  errand: (client: ImapFlow) => Promise<Value>,
): Promise<Value> {
  let client: ImapFlow | undefined;
  const work = async () => {
    client = await signInToImap(server);
    return errand(client);
  };
  const working = work();
  working.catch(() => undefined);
  try {
    return await within(working, withinMs);
  } finally {
    // Late or done, the connection is not needed any more.
    void working.catch(() => undefined).finally(() => client?.close());
    client?.close();
  }
}

/** Part of the mailbox's room that is taken, 0 to 1; null where the server keeps no count or does not answer. */
export async function roomUsed(client: ImapFlow, folder: string, withinMs: number): Promise<number | null> {
  const quota = await within(client.getQuota(folder), withinMs).catch(() => false as const);
  const { usage: used = 0, limit = 0 } = (quota && quota.storage) || {};
  return limit > 0 ? used / limit : null;
}

/** What the work answers, unless it takes longer than this many milliseconds. */
export async function within<Value>(work: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" })), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
