import { z } from "zod";
import { senderFields, senderShape } from "#server/mail/index.ts";
import type { CredentialField } from "../contract.ts";

/** What connects a Postmark server: its token, and the password that its webhooks are to bring. */
export const credentialSchema = z.object({
  ...senderShape,
  server_token: z.string().trim().min(10).max(200),
  webhook_password: z
    .string()
    .trim()
    // It stands in an address.
    .regex(/^[\w.~-]{12,100}$/),
});

export const credentialFields: readonly CredentialField[] = [
  ...senderFields,
  { name: "server_token", secret: true, required: true, example: "0a1b2c3d-…" },
  { name: "webhook_password", secret: true, required: true, example: "une-phrase-longue-et-unique" },
];
