import { z } from "zod";
import { autoTicketRules } from "#db/schema/channels.ts";

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
  "signature_mismatch",
  "missing_signature",
  "rate_limited",
  "provider_unreachable",
  "send_refused",
  "handler_error",
  "account_alert",
] as const;
export type ChannelErrorReason = (typeof channelErrorReasons)[number];
export const reasonsForTheAdmin: ReadonlySet<string> = new Set<ChannelErrorReason>([
  "credentials_refused",
  "account_restricted",
  "signature_mismatch",
  "missing_signature",
]);

const name = z.string().trim().min(1, "required").max(80, "too_long");

export const channelRef = z.object({ channelId: z.uuid() });
export type ChannelRef = z.infer<typeof channelRef>;

/** `simulated`: the channel speaks to the stand-in of the simulator instead of the provider. */
export const createChannelInput = z.object({
  provider: z.enum(["whatsapp", "twilio"]),
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
  setupStep: z.enum(setupSteps).optional(),
});
export type UpdateChannelInput = z.infer<typeof updateChannelInput>;

export const enableChannelInput = channelRef.extend({ enabled: z.boolean() });
export type EnableChannelInput = z.infer<typeof enableChannelInput>;
