import { z } from "zod";
import { senderFields, senderShape } from "#server/mail/index.ts";
import type { CredentialField } from "../contract.ts";

const topic = /^arn:aws[\w-]*:sns:[a-z]{2}(?:-[a-z]+)+-\d:\d{12}:[\w-]{1,256}$/;

/** What connects Amazon SES: a key to send with, and the one SNS topic that its mails and events come from. */
export const credentialSchema = z.object({
  ...senderShape,
  access_key_id: z
    .string()
    .trim()
    .regex(/^[A-Z0-9]{16,128}$/),
  secret_access_key: z.string().trim().min(16).max(200),
  region: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/),
  topic_arn: z.string().trim().regex(topic),
});

export const credentialFields: readonly CredentialField[] = [
  ...senderFields,
  { name: "region", secret: false, required: true, example: "eu-west-3" },
  { name: "access_key_id", secret: false, required: true, example: "AKIAIOSFODNN7EXEMPLE" },
  { name: "secret_access_key", secret: true, required: true, example: "wJalrXUtnFEMI…" },
  { name: "topic_arn", secret: true, required: true, example: "arn:aws:sns:eu-west-3:123456789012:guichet" },
];
