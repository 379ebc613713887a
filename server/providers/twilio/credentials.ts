import { z } from "zod";
import type { ChannelType, CredentialField } from "../contract.ts";
import { canonicalAddress, isWhatsapp } from "./address.ts";

/** What a number is connected for: one number may carry texts and calls, as two channels. */
export const uses = ["sms", "whatsapp", "phone"] as const satisfies readonly ChannelType[];

/** What connects a Twilio number: the account's keys, and a number or (for texts) a messaging service, or both. */
export const credentialSchema = z
  .object({
    account_sid: z
      .string()
      .trim()
      .regex(/^AC[0-9a-fA-F]{32}$/),
    auth_token: z.string().trim().min(16).max(200),
    use: z.preprocess((value) => (value === "" ? undefined : value), z.enum(uses).optional()),
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
  })
  .refine(({ use, phone_number: number }) => use !== "phone" || (number !== "" && !isWhatsapp(number)), {
    path: ["phone_number"],
    message: "number_required",
  })
  .transform(({ use, phone_number: number, ...rest }) => {
    const meant = use ?? (isWhatsapp(number) ? "whatsapp" : "sms");
    const bare = number.replace(/^whatsapp:/, "");
    return { ...rest, use: meant, phone_number: meant === "whatsapp" && bare !== "" ? `whatsapp:${bare}` : bare };
  });

/** What a channel with these credentials is. Older ones do not say: a `whatsapp:` address does. */
export function channelTypeOf(credentials: Readonly<Record<string, string>>): (typeof uses)[number] {
  const use = uses.find((one) => one === credentials.use);
  return use ?? (isWhatsapp(credentials.phone_number ?? "") ? "whatsapp" : "sms");
}

/** Calls and texts of one number are two keys, so that two channels may own them. */
export function routingKeysOf(credentials: Readonly<Record<string, string>>): string[] {
  const { account_sid: account, phone_number: number = "", messaging_service_sid: service = "" } = credentials;
  const own = number === "" ? "" : canonicalAddress(number);
  const owners = channelTypeOf(credentials) === "phone" ? [`voice:${own}`] : [own, service];
  return owners.filter((owner) => owner !== "").map((owner) => `twilio:${account}:${owner}`);
}

export const credentialFields: readonly CredentialField[] = [
  {
    name: "account_sid",
    secret: false,
    required: true,
    example: "AC0123456789abcdef0123456789abcdef",
  },
  { name: "auth_token", secret: true, required: true, example: "0123456789abcdef0123456789abcdef" },
  { name: "use", secret: false, required: true, example: "sms", options: uses },
  { name: "phone_number", secret: false, required: false, example: "+33 1 99 00 12 34" },
  {
    name: "messaging_service_sid",
    secret: false,
    required: false,
    example: "MG0123456789abcdef0123456789abcdef",
  },
];
