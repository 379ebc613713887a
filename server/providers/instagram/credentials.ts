import { z } from "zod";
import type { CredentialField } from "../contract.ts";

const digits = z
  .string()
  .trim()
  .regex(/^\d{5,20}$/);

/**
 * What connects an Instagram professional account: from Meta's app dashboard, except `verify_token`, which
 * is ours to choose. `page_id` is known only where the account hangs on a Facebook page.
 */
export const credentialSchema = z.object({
  username: z
    .string()
    .trim()
    .transform((name) => name.replace(/^@/, "").toLowerCase())
    .pipe(z.string().regex(/^[a-z0-9._]{1,30}$/)),
  business_account_id: digits,
  page_id: z.union([z.literal(""), digits]).default(""),
  access_token: z.string().trim().min(10).max(1000),
  app_secret: z.string().trim().min(8).max(200),
  verify_token: z.string().trim().min(8).max(200),
});

export const credentialFields: readonly CredentialField[] = [
  { name: "username", secret: false, required: true, example: "@atelier.lumen" },
  { name: "business_account_id", secret: false, required: true, example: "17841400008460056" },
  { name: "page_id", secret: false, required: false, example: "104050607080900" },
  { name: "access_token", secret: true, required: true, example: "IGAA…" },
  { name: "app_secret", secret: true, required: true, example: "9f86d081884c7d65…" },
  { name: "verify_token", secret: true, required: true, example: "une-phrase-de-votre-choix" },
];
