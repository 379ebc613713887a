import { isIP } from "node:net";
import type { Readable } from "node:stream";
import { reachableAddress } from "../../core/reach.ts";
import type { ComposedMail } from "./compose-mail.ts";
import type { MailServer } from "./servers.ts";

/** No hand-over takes longer than this, milliseconds; servers that look for viruses take their time. */
const longestMs = 70_000;

export type HandOver =
  | { outcome: "taken"; refusedRecipients: { address: string; status: number; words: string }[] }
  | { outcome: "failed"; error: unknown; handedOver: boolean };

/** Hands one mail over, on a connection of its own. The certificate is verified, whatever the security. */
export async function handOver(server: MailServer, mail: ComposedMail): Promise<HandOver> {
  let options: Awaited<ReturnType<typeof optionsOf>>;
  try {
    options = await withinTime(optionsOf(server));
  } catch (error) {
    return { outcome: "failed", error, handedOver: false };
  }
  const { createTransport } = await import("nodemailer");
  const transport = createTransport(options);
  const raw: Readable = await mail.open();
  // The final dot is written when the mail's stream has ended: from then on only the server knows.
  let handedOver = false;
  raw.once("end", () => (handedOver = true));
  try {
    const info = await withinTime(transport.sendMail({ envelope: mail.envelope, raw }));
    return { outcome: "taken", refusedRecipients: refusedIn(info.rejectedErrors) };
  } catch (error) {
    return { outcome: "failed", error, handedOver };
  } finally {
    raw.destroy();
    transport.close();
  }
}

/** Signs in and leaves. Throws what nodemailer throws. */
export async function signInToSmtp(server: MailServer): Promise<void> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport(await withinTime(optionsOf(server)));
  try {
    await withinTime(transport.verify());
  } finally {
    transport.close();
  }
}

async function optionsOf({ host, port, security, user, password }: MailServer) {
  return {
    host: await reachableAddress(host),
    ...(isIP(host) === 0 ? { tls: { servername: host } } : {}),
    port,
    secure: security === "tls",
    requireTLS: true,
    auth: { user, pass: password },
    // Without it a server that offers no login would be sent to without one.
    forceAuth: true,
    dnsTimeout: 10_000,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 45_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

async function withinTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("took too long"), { code: "ETIMEDOUT" })), longestMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function refusedIn(errors: unknown): Extract<HandOver, { outcome: "taken" }>["refusedRecipients"] {
  if (!Array.isArray(errors)) return [];
  return errors.map(({ recipient, responseCode, response }: Record<string, unknown>) => ({
    address: String(recipient ?? "").toLowerCase(),
    status: typeof responseCode === "number" ? responseCode : 550,
    words: String(response ?? ""),
  }));
}
