import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { TestCertificate } from "./testing-certificates.ts";

/** A mail that the server took. */
export interface TakenMail {
  from: string;
  to: string[];
  bytes: Buffer;
}

export interface TestSmtp {
  host: string;
  port: number;
  /** What was taken, in order. */
  taken: TakenMail[];
  /** The password that it accepts. */
  setPassword(password: string): void;
  /** Refuses every receiver with this reply, such as `552 5.2.2 Mailbox full`. */
  refuseReceivers(reply: string | null): void;
  /** Takes the whole mail and never says so; `lost` is called instead. Null: answers again. */
  loseAnswers(lost: (() => void) | null): void;
  close(): Promise<void>;
}

/** A real SMTP server with TLS and a login, or without either; what it takes is handed to `take`. */
export async function startSmtp(
  password: string,
  certificate: TestCertificate | null,
  take: (mail: TakenMail) => void = () => undefined,
): Promise<TestSmtp> {
  const taken: TakenMail[] = [];
  let accepted = password;
  let refusal: string | null = null;
  let loses: (() => void) | null = null;
  const server = new SMTPServer({
    ...(certificate
      ? { secure: true, cert: certificate.chain, key: certificate.key }
      : { secure: false, hideSTARTTLS: true, authOptional: true }),
    size: 30 * 1024 * 1024,
    authMethods: ["PLAIN", "LOGIN"],
    onAuth: ({ username, password: given }, _session, callback) => {
      if (given === accepted) callback(null, { user: username });
      else callback(Object.assign(new Error("5.7.8 Authentication credentials invalid"), { responseCode: 535 }));
    },
    onRcptTo: (_address, _session, callback) => {
      if (refusal === null) return callback();
      const [code = "", ...words] = refusal.split(" ");
      return callback(Object.assign(new Error(words.join(" ")), { responseCode: Number(code) }));
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        const mail = { from: mailFrom ? mailFrom.address : "", to, bytes: Buffer.concat(chunks) };
        taken.push(mail);
        take(mail);
        // Whoever waits for an answer waits until its line is cut.
        if (loses) loses();
        else callback();
      });
    },
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  return {
    host: "localhost",
    port: (server.server.address() as AddressInfo).port,
    taken,
    setPassword: (next) => {
      accepted = next;
    },
    refuseReceivers: (reply) => {
      refusal = reply;
    },
    loseAnswers: (lost) => {
      loses = lost;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
