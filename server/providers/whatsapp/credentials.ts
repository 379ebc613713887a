import { z } from "zod";
import type { CredentialField } from "../contract.ts";

/** What connects a WhatsApp number: from Meta's app dashboard, except `verify_token`, which is ours to choose. */
export const credentialSchema = z.object({
  phone_number_id: z
    .string()
    .trim()
    .regex(/^\d{5,20}$/),
  business_account_id: z
    .string()
    .trim()
    .regex(/^\d{5,20}$/),
  display_phone_number: z.string().trim().min(6).max(30),
  access_token: z.string().trim().min(10).max(1000),
  app_secret: z.string().trim().min(8).max(200),
  verify_token: z.string().trim().min(8).max(200),
});

export const credentialFields: readonly CredentialField[] = [
  { name: "display_phone_number", secret: false, required: true, example: "+33 1 99 00 12 34" },
  { name: "phone_number_id", secret: false, required: true, example: "106540352242922" },
  { name: "business_account_id", secret: false, required: true, example: "102290129340398" },
  { name: "access_token", secret: true, required: true, example: "EAAG…" },
  { name: "app_secret", secret: true, required: true, example: "9f86d081884c7d65…" },
  { name: "verify_token", secret: true, required: true, example: "une-phrase-de-votre-choix" },
];
