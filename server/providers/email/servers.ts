import type { ChannelAccess } from "../contract.ts";

/** `tls`: encrypted from the first byte; `starttls`: encrypted before anything is said. There is no third way. */
export type Security = "tls" | "starttls";

/** Where a mailbox is read, or where its mails are handed over. */
export interface MailServer {
  host: string;
  port: number;
  security: Security;
  user: string;
  password: string;
}

const ports = { imap: { tls: 993, starttls: 143 }, smtp: { tls: 465, starttls: 587 } } as const;

/** The server of one direction. Sending signs in as reading does, unless it has a login of its own. */
export function mailServer(credentials: ChannelAccess["credentials"], direction: "imap" | "smtp"): MailServer {
  const of = (name: string) => credentials[`${direction}_${name}`] ?? "";
  const security = of("security") === "starttls" ? "starttls" : "tls";
  return {
    host: of("host"),
    port: Number(of("port")) || ports[direction][security],
    security,
    user: of("user") || (credentials.imap_user ?? "") || (credentials.address ?? ""),
    password: of("password") || (credentials.imap_password ?? ""),
  };
}

/** The folder that is read. */
export function folderOf(credentials: ChannelAccess["credentials"]): string {
  return credentials.folder || "INBOX";
}

/** Whether the channel speaks to the simulator's mailbox: a real one has no HTTP address. */
export function isSimulated(channel: Pick<ChannelAccess, "apiBaseUrl">): boolean {
  return channel.apiBaseUrl.startsWith("http");
}

/** What must never be shown, wherever it turns up in a server's words. */
export function secretsOf(credentials: ChannelAccess["credentials"]): string[] {
  return [credentials.imap_password, credentials.smtp_password].filter((secret): secret is string => Boolean(secret));
}
