import { Readable } from "node:stream";
import type { MailOutcome } from "./system-mail.ts";

/** No hand-over takes longer than this, milliseconds: a mail whose sender is not heard of for minutes counts as unknown. */
const longestMs = 70_000;

/** Hands one mail to the server behind an `smtp://` or `smtps://` address, on a connection of its own. Never throws. */
export async function handOver(
  server: string,
  envelope: { from: string; to: string },
  mail: Buffer,
): Promise<MailOutcome> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport(optionsOf(server));
  const raw = Readable.from([mail], { objectMode: false });
  // The final dot is written when the mail's stream has ended: from then on only the server knows.
  let handedOver = false;
  raw.once("end", () => (handedOver = true));
  const late = AbortSignal.timeout(longestMs);
  try {
    await Promise.race([transport.sendMail({ envelope, raw }), whenAborted(late)]);
    return { outcome: "sent" };
  } catch (error) {
    return outcomeOf(error, handedOver);
  } finally {
    raw.destroy();
    transport.close();
  }
}

function optionsOf(server: string) {
  const { username, hostname } = new URL(server);
  return {
    url: server,
    // A password never leaves this machine in the clear.
    requireTLS: username !== "" && !isThisMachine(hostname),
    dnsTimeout: 10_000,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 45_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("took too long")), { once: true });
  });
}

/** A refused receiver or content stays refused; a server that is away, or a wrong password, may be mended. */
function outcomeOf(error: unknown, handedOver: boolean): MailOutcome {
  const { command, responseCode, message } = (error ?? {}) as Record<string, unknown>;
  const words = String(message ?? "no answer").slice(0, 500);
  if (typeof responseCode === "number" && responseCode >= 400) {
    const aboutMail = command === "RCPT TO" || command === "DATA";
    return { outcome: "refused", passing: responseCode < 500 || !aboutMail, words };
  }
  return handedOver ? { outcome: "unknown", words } : { outcome: "refused", passing: true, words };
}
