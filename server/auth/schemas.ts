import { z } from "zod";

/** An email as it is stored and compared: trimmed and lower-cased. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, "required")
  .max(254, "too_long")
  .pipe(z.email("invalid_email"));

export const personName = z.string().trim().min(1, "required").max(120, "too_long");

/** A new password: length is what protects it, so no rule about its characters. */
export const newPassword = z.string().min(10, "password_short").max(200, "too_long");

const givenPassword = z.string().min(1, "required").max(200, "too_long");
const token = z.string().min(1).max(200);

export const signInInput = z.object({ email, password: givenPassword });
export const changePasswordInput = z.object({ current: givenPassword, password: newPassword });
export const linkToken = z.object({ token });
export const resetPasswordInput = z.object({ token, password: newPassword });
export const sessionInput = z.object({ hash: z.string().length(64) });

export type SignInInput = z.infer<typeof signInInput>;
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;
export type ResetPasswordInput = z.infer<typeof resetPasswordInput>;
