import { z } from "zod";
import { senderFields, senderShape } from "#server/mail/index.ts";
import type { CredentialField } from "../contract.ts";

/** What connects a SendGrid account: a key to send with, and the key that its events are verified with. */
export const credentialSchema = z.object({
  ...senderShape,
  api_key: z.string().trim().min(10).max(200),
  verification_key: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9+/]{80,200}={0,2}$/),
});

export const credentialFields: readonly CredentialField[] = [
  ...senderFields,
  { name: "api_key", secret: true, required: true, example: "SG.exemple…" },
  { name: "verification_key", secret: true, required: true, example: "MFkwEwYHKoZIzj0CAQ…" },
];
