import { z } from "zod";
import { senderFields, senderShape } from "#server/mail/index.ts";
import type { CredentialField } from "../contract.ts";

/** What connects a Mailgun domain: a key to send with, the key that its posts are signed with, and where it lives. */
export const credentialSchema = z.object({
  ...senderShape,
  api_key: z.string().trim().min(10).max(200),
  signing_key: z.string().trim().min(10).max(200),
  domain: z
    .string()
    .trim()
    .toLowerCase()
    .max(253)
    .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/),
  region: z.preprocess((value) => (value === "" ? undefined : value), z.enum(["eu", "us"]).default("eu")),
});

export const credentialFields: readonly CredentialField[] = [
  ...senderFields,
  { name: "domain", secret: false, required: true, example: "mg.atelier-lumen.example" },
  { name: "region", secret: false, required: false, example: "eu", options: ["eu", "us"] },
  { name: "api_key", secret: true, required: true, example: "key-0123456789abcdef" },
  { name: "signing_key", secret: true, required: true, example: "0123456789abcdef0123456789abcdef" },
];
