import { z } from "zod";
import { email, newPassword, personName } from "#server/auth/schemas.ts";

export const setupToken = z.object({ token: z.string().max(200) });

export const setUpInput = z.object({
  token: z.string().min(1).max(200),
  business: z.string().trim().min(1, "required").max(120, "too_long"),
  locale: z.enum(["fr", "en"]),
  timezone: z
    .string()
    .refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC", "invalid_timezone"),
  currency: z.string().regex(/^[A-Z]{3}$/, "invalid_currency"),
  country: z.string().regex(/^[A-Z]{2}$/, "invalid_country"),
  name: personName,
  email,
  password: newPassword,
});
export type SetUpInput = z.infer<typeof setUpInput>;
