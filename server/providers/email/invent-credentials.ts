import { newToken } from "#server/core/ids.ts";

/** A mailbox that the simulator carries: `.example` is nobody's. */
export function inventCredentials(): Record<string, string> {
  return {
    address: `boutique-${newToken(4)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "x")}@courriel.example`,
    display_name: "",
    imap_password: newToken(18),
    imap_host: "imap.courriel.example",
    imap_port: "993",
    imap_security: "tls",
    imap_user: "",
    folder: "",
    smtp_host: "smtp.courriel.example",
    smtp_port: "465",
    smtp_security: "tls",
    smtp_user: "",
    smtp_password: "",
    plus_addressing: "yes",
  };
}
