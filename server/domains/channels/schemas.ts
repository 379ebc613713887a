import { z } from "zod";
import { autoTicketRules, channelAssignments } from "#db/schema/channels.ts";
import { canonicalPhone } from "#server/core/phones.ts";
import { providerNames } from "#server/providers/contract.ts";

/** Where guided set-up stands: a channel that is left half-way is picked up there. */
export const setupSteps = ["credentials", "webhook", "test", "routing", "done"] as const;
export type SetupStep = (typeof setupSteps)[number];

/** How a channel is doing, worst first; the interface words each one. */
export const channelHealths = ["setup", "paused", "action_needed", "degraded", "waiting", "silent", "healthy"] as const;
export type ChannelHealth = (typeof channelHealths)[number];

/** What can be wrong with a channel. The first group needs the admin; the second may pass by itself. */
export const channelErrorReasons = [
  "credentials_refused",
  "account_restricted",
  "connection_lost",
  "signature_mismatch",
  "missing_signature",
  "rate_limited",
  "provider_unreachable",
  "send_refused",
  "handler_error",
  "account_alert",
  "mailbox_login_refused",
  "host_not_found",
  "host_private",
  "connection_refused",
  "certificate_expired",
  "certificate_untrusted",
  "certificate_name",
  "tls_failed",
  "folder_missing",
  "mailbox_full",
  "smtp_login_refused",
  "smtp_host_not_found",
  "smtp_host_private",
  "smtp_connection_refused",
  "smtp_certificate",
  "smtp_tls_failed",
] as const;
export type ChannelErrorReason = (typeof channelErrorReasons)[number];
export const reasonsForTheAdmin: ReadonlySet<string> = new Set<ChannelErrorReason>([
  "credentials_refused",
  "account_restricted",
  "connection_lost",
  "signature_mismatch",
  "missing_signature",
  "mailbox_login_refused",
  "host_not_found",
  "host_private",
  "certificate_expired",
  "certificate_untrusted",
  "certificate_name",
  "folder_missing",
  "mailbox_full",
  "smtp_login_refused",
  "smtp_host_not_found",
  "smtp_host_private",
  "smtp_certificate",
]);

/** What reading a mailbox can run into: over as soon as it is read again. */
export const mailboxReasons = [
  "mailbox_login_refused",
  "host_not_found",
  "host_private",
  "connection_refused",
  "certificate_expired",
  "certificate_untrusted",
  "certificate_name",
  "tls_failed",
  "folder_missing",
  "mailbox_full",
] as const satisfies readonly ChannelErrorReason[];

const name = z.string().trim().min(1, "required").max(80, "too_long");

export const channelRef = z.object({ channelId: z.uuid() });
export type ChannelRef = z.infer<typeof channelRef>;

/** `simulated`: the channel speaks to the stand-in of the simulator instead of the provider. */
export const createChannelInput = z.object({
  provider: z.enum(providerNames),
  name,
  simulated: z.boolean().default(false),
});
export type CreateChannelInput = z.infer<typeof createChannelInput>;

/** Values of the provider's credential fields. A secret left empty keeps what is sealed already. */
export const connectChannelInput = channelRef.extend({
  credentials: z.record(z.string().max(60), z.string().max(2_000)),
});
export type ConnectChannelInput = z.infer<typeof connectChannelInput>;

export const updateChannelInput = channelRef.extend({
  name: name.optional(),
  autoTicketRule: z.enum(autoTicketRules).optional(),
  observeMode: z.boolean().optional(),
  /** Whose new conversations are; null: no team's. */
  defaultTeamId: z.uuid().nullable().optional(),
  assignment: z.enum(channelAssignments).optional(),
  /** Whom a new conversation is given to, where `assignment` is `member`. */
  defaultAssigneeId: z.uuid().nullable().optional(),
  setupStep: z.enum(setupSteps).optional(),
});
export type UpdateChannelInput = z.infer<typeof updateChannelInput>;

/** `sendTo`: a number or mail address that a test message goes to; nothing is sent without. */
export const testChannelInput = channelRef.extend({ sendTo: z.string().trim().max(200).optional() });
export type TestChannelInput = z.infer<typeof testChannelInput>;

export const enableChannelInput = channelRef.extend({ enabled: z.boolean() });
export type EnableChannelInput = z.infer<typeof enableChannelInput>;

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "invalid_time");
const span = z
  .object({ from: clockTime, to: z.union([clockTime, z.literal("24:00")], "invalid_time") })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "ends_before_it_begins" });
const spans = z.array(span).max(6).optional();

/** Opening hours by the wall clock of the tenant's zone. */
export const businessHours = z.object({
  days: z.object({ "1": spans, "2": spans, "3": spans, "4": spans, "5": spans, "6": spans, "7": spans }),
  closed: z.array(z.iso.date("invalid_date")).max(200),
});

export const saveBusinessHoursInput = channelRef.extend({
  businessHours: businessHours.nullable(),
  awayMessage: z.string().trim().max(1_000, "too_long").nullable(),
});
export type SaveBusinessHoursInput = z.infer<typeof saveBusinessHoursInput>;

export const saveAutoReplyInput = channelRef.extend({ autoReply: z.string().trim().max(1_000, "too_long") });
export type SaveAutoReplyInput = z.infer<typeof saveAutoReplyInput>;

export const saveMailSignatureInput = channelRef.extend({ signature: z.string().trim().max(2_000, "too_long") });
export type SaveMailSignatureInput = z.infer<typeof saveMailSignatureInput>;

export const voiceSettings = z
  .object({
    greeting: z.string().trim().max(500, "too_long"),
    language: z.enum(["fr", "en"]),
    handling: z.enum(["forward", "voice_agent", "voicemail"]),
    forwardTo: z
      .string()
      .nullable()
      .transform((number, check) => {
        if (!number?.trim()) return null;
        const phone = canonicalPhone(number);
        if (!phone) check.addIssue("invalid_phone");
        return phone;
      }),
    voiceChannelId: z.uuid().nullable(),
    voicemail: z.boolean(),
  })
  .refine((voice) => voice.handling !== "forward" || voice.forwardTo !== null, {
    path: ["forwardTo"],
    message: "required",
  })
  .refine((voice) => voice.handling !== "voice_agent" || voice.voiceChannelId !== null, {
    path: ["voiceChannelId"],
    message: "required",
  });

export const saveVoiceInput = channelRef.extend({ voice: voiceSettings.nullable() });
export type SaveVoiceInput = z.infer<typeof saveVoiceInput>;
