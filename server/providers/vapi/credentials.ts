import { z } from "zod";
import { numberList, optionalNumber } from "../call-numbers.ts";
import type { CredentialField } from "../contract.ts";

const id = z
  .string()
  .trim()
  .regex(/^[\w-]{8,64}$/);

/** What connects a Vapi assistant: the private key, the assistant, its number, and the secret that its posts carry. */
export const credentialSchema = z.object({
  api_key: z.string().trim().min(16).max(300),
  assistant_id: id,
  phone_number_id: id.or(z.literal("")).default(""),
  phone_number: optionalNumber,
  forwarded_numbers: numberList,
  server_secret: z.string().trim().min(8).max(500),
});

export const credentialFields: readonly CredentialField[] = [
  { name: "api_key", secret: true, required: true, example: "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d" },
  { name: "assistant_id", secret: false, required: true, example: "5d1c7a3e-1f2b-4c6d-8e9f-0a1b2c3d4e5f" },
  { name: "phone_number_id", secret: false, required: false, example: "7f6e5d4c-3b2a-4190-8f7e-6d5c4b3a2910" },
  { name: "phone_number", secret: false, required: false, example: "+33 1 99 00 12 34" },
  { name: "forwarded_numbers", secret: false, required: false, example: "+33 1 99 00 56 78" },
  { name: "server_secret", secret: true, required: true, example: "une-phrase-longue-et-secrete" },
];
