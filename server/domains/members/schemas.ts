import { z } from "zod";
import { roles } from "#server/core/context.ts";
import { email, newPassword, personName } from "#server/auth/schemas.ts";

export const memberId = z.object({ userId: z.uuid() });
export const changeRoleInput = z.object({ userId: z.uuid(), role: z.enum(roles) });
export const inviteMemberInput = z.object({ email, role: z.enum(roles) });
export const invitationId = z.object({ id: z.uuid() });

const token = z.string().min(1).max(200);
export const invitationToken = z.object({ token });
/** A person who is new to Guichet says who they are; someone signed in already only agrees. */
export const acceptInvitationInput = z.object({
  token,
  name: personName.optional(),
  password: newPassword.optional(),
});

export const updateProfileInput = z.object({
  name: personName,
  locale: z.enum(["fr", "en"]).nullable(),
  theme: z.enum(["system", "light", "dark"]),
  /** IANA name; null follows the business. */
  timezone: z.string().max(64).refine(isTimeZone, "invalid_timezone").nullable(),
});

/** For how long a reply may be taken back: seconds, 0 for not at all. */
export const undoChoices = [0, 5, 10] as const;
export const undoInput = z.object({ undoSeconds: z.literal(undoChoices) });
export type UndoInput = z.infer<typeof undoInput>;

export const alertMailsInput = z.object({ alertMails: z.boolean() });

/** What a person may change from any page. */
export const chosenPreferences = updateProfileInput.pick({ locale: true, theme: true, timezone: true }).partial();

export type AlertMailsInput = z.infer<typeof alertMailsInput>;
export type ChosenPreferences = z.infer<typeof chosenPreferences>;
export type ChangeRoleInput = z.infer<typeof changeRoleInput>;
export type InviteMemberInput = z.infer<typeof inviteMemberInput>;
export type AcceptInvitationInput = z.infer<typeof acceptInvitationInput>;
export type UpdateProfileInput = z.infer<typeof updateProfileInput>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
