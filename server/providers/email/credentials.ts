import { z } from "zod";
import type { CredentialField } from "../contract.ts";
import { presetFor } from "./presets.ts";

const host = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/);
const port = z
  .string()
  .trim()
  .regex(/^\d{1,5}$/)
  .refine((text) => Number(text) > 0 && Number(text) < 65_536);
const security = z.preprocess(lowerCase, z.enum(["tls", "starttls"]));
const short = z.string().trim().max(200);

const complete = z.object({
  address: z.email().max(254).toLowerCase(),
  display_name: z
    .string()
    .trim()
    .max(100)
    // A line break in a name would begin a new header.
    .regex(/^[^\p{Cc}]*$/u)
    .default(""),
  imap_host: host,
  imap_port: port,
  imap_security: security,
  imap_user: short.default(""),
  imap_password: z.string().min(1).max(1000),
  smtp_host: host,
  smtp_port: port,
  smtp_security: security,
  smtp_user: short.default(""),
  smtp_password: z.string().max(1000).default(""),
  folder: short.default(""),
  plus_addressing: z.preprocess(lowerCase, z.enum(["yes", "no"])),
});

/**
 * What connects a mailbox. Servers of well-known mail hosts, ports and security are filled in where they
 * were left empty or on `auto`; a login for sending is needed only where it differs from the one for reading.
 */
export const credentialSchema = z.preprocess(fillIn, complete);

function fillIn(given: unknown): unknown {
  if (given === null || typeof given !== "object") return given;
  const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== "" && value !== "auto"));
  const address = typeof values.address === "string" ? values.address.trim() : "";
  const settings: Record<string, unknown> = {
    imap_security: "tls",
    smtp_security: "tls",
    plus_addressing: "no",
    ...presetFor(address),
    ...values,
  };
  return {
    ...settings,
    address,
    imap_port: settings.imap_port ?? (lowerCase(settings.imap_security) === "starttls" ? "143" : "993"),
    smtp_port: settings.smtp_port ?? (lowerCase(settings.smtp_security) === "starttls" ? "587" : "465"),
  };
}

function lowerCase(value: unknown): unknown {
  return typeof value === "string" ? value.trim().toLowerCase() : value;
}

export const credentialFields: readonly CredentialField[] = [
  { name: "address", secret: false, required: true, example: "bonjour@atelier-lumen.example" },
  { name: "display_name", secret: false, required: false, example: "Atelier Lumen" },
  { name: "imap_password", secret: true, required: true, example: "mot de passe d’application" },
  { name: "imap_host", secret: false, required: false, example: "imap.atelier-lumen.example" },
  { name: "imap_port", secret: false, required: false, example: "993" },
  { name: "imap_security", secret: false, required: false, example: "", options: ["auto", "tls", "starttls"] },
  { name: "imap_user", secret: false, required: false, example: "bonjour@atelier-lumen.example" },
  { name: "folder", secret: false, required: false, example: "INBOX" },
  { name: "smtp_host", secret: false, required: false, example: "smtp.atelier-lumen.example" },
  { name: "smtp_port", secret: false, required: false, example: "465" },
  { name: "smtp_security", secret: false, required: false, example: "", options: ["auto", "tls", "starttls"] },
  { name: "smtp_user", secret: false, required: false, example: "bonjour@atelier-lumen.example" },
  { name: "smtp_password", secret: true, required: false, example: "" },
  { name: "plus_addressing", secret: false, required: false, example: "", options: ["auto", "yes", "no"] },
];
