import { z } from "zod";
import type { CredentialField } from "../contract.ts";
import { canonicalAddress } from "./address.ts";

/** What connects a Twilio number: the account's keys, and a number or a messaging service (or both). */
export const credentialSchema = z
  .object({
    account_sid: z
      .string()
      .trim()
      .regex(/^AC[0-9a-fA-F]{32}$/),
    auth_token: z.string().trim().min(16).max(200),
    phone_number: z
      .string()
      .trim()
      .default("")
      .transform((number) => (number === "" ? "" : canonicalAddress(number)))
      .pipe(z.string().regex(/^$|^(?:whatsapp:)?\+[1-9]\d{6,14}$/)),
    messaging_service_sid: z
      .string()
      .trim()
      .regex(/^$|^MG[0-9a-fA-F]{32}$/)
      .default(""),
  })
  .refine(({ phone_number: number, messaging_service_sid: service }) => number !== "" || service !== "", {
    path: ["phone_number"],
    message: "number_or_service",
  });

export const credentialFields: readonly CredentialField[] = [
  {
    name: "account_sid",
    secret: false,
    required: true,
    example: "AC0123456789abcdef0123456789abcdef",
  },
  { name: "auth_token", secret: true, required: true, example: "0123456789abcdef0123456789abcdef" },
  { name: "phone_number", secret: false, required: false, example: "+33 1 99 00 12 34" },
  {
    name: "messaging_service_sid",
    secret: false,
    required: false,
    example: "MG0123456789abcdef0123456789abcdef",
  },
];
