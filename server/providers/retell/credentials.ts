import { z } from "zod";
import { numberList, optionalNumber } from "../call-numbers.ts";
import type { CredentialField } from "../contract.ts";

/** What connects a Retell agent: the API key, which signs its posts too, the agent and its number. */
export const credentialSchema = z.object({
  api_key: z.string().trim().min(16).max(300),
  agent_id: z
    .string()
    .trim()
    .regex(/^[\w-]{8,64}$/),
  phone_number: optionalNumber,
  forwarded_numbers: numberList,
});

export const credentialFields: readonly CredentialField[] = [
  { name: "api_key", secret: true, required: true, example: "key_0a1b2c3d4e5f6a7b8c9d0e1f2a3b" },
  { name: "agent_id", secret: false, required: true, example: "agent_0a1b2c3d4e5f6a7b8c9d0e1f2a" },
  { name: "phone_number", secret: false, required: false, example: "+33 1 99 00 12 34" },
  { name: "forwarded_numbers", secret: false, required: false, example: "+33 1 99 00 56 78" },
];
