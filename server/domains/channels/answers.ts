import { z } from "zod";
import { autoTicketRules, channelAssignments, channelTypes } from "#db/schema/channels.ts";
import { channelHealths } from "./schemas.ts";

/** What procedures answer about channels: the REST API's document is made from these. None names a secret. */
export const channelSummary = z.object({
  id: z.uuid(),
  channelType: z.enum(channelTypes),
  provider: z.string(),
  name: z.string(),
  address: z.string().nullable(),
  enabled: z.boolean(),
  configured: z.boolean(),
  setupStep: z.string(),
  simulated: z.boolean(),
  observeMode: z.boolean(),
  autoTicketRule: z.enum(autoTicketRules),
  health: z.enum(channelHealths),
  lastWebhookAt: z.date().nullable(),
  lastOutboundAt: z.date().nullable(),
  lastError: z.object({ at: z.date(), reason: z.string(), detail: z.string().nullable() }).nullable(),
  sendingBlocked: z.string().nullable(),
  tokenExpiresAt: z.date().nullable(),
  alerts: z.array(
    z.object({
      kind: z.string(),
      severity: z.enum(["warning", "critical"]),
      data: z.record(z.string(), z.unknown()),
      openedAt: z.date(),
    }),
  ),
});
export const channelList = z.array(channelSummary);

export const channelDetail = channelSummary.extend({
  values: z.record(z.string(), z.string()),
  secrets: z.record(z.string(), z.string()),
  conversations: z.number().int(),
  waiting: z.number().int(),
  businessHours: z
    .object({
      days: z.partialRecord(
        z.enum(["1", "2", "3", "4", "5", "6", "7"]),
        z.array(z.object({ from: z.string(), to: z.string() })),
      ),
      closed: z.array(z.string()),
    })
    .nullable(),
  awayMessage: z.string().nullable(),
  autoReply: z.string().nullable(),
  mailSignature: z.string().nullable(),
  voice: z
    .object({
      greeting: z.string(),
      language: z.enum(["fr", "en"]),
      handling: z.enum(["forward", "voice_agent", "voicemail"]),
      forwardTo: z.string().nullable(),
      voiceChannelId: z.uuid().nullable(),
      voicemail: z.boolean(),
    })
    .nullable(),
  defaultTeamId: z.uuid().nullable(),
  assignment: z.enum(channelAssignments),
  defaultAssigneeId: z.uuid().nullable(),
  lastTest: z
    .object({ at: z.date(), failed: z.array(z.object({ check: z.string(), reason: z.string().nullable() })) })
    .nullable(),
});

export const channelMade = z.object({ channelId: z.uuid() });

export const channelTest = z.object({
  passed: z.boolean(),
  lines: z.array(
    z.object({
      check: z.string(),
      result: z.enum(["pass", "fail", "unknown"]),
      reason: z.string().nullable(),
      detail: z.string().nullable(),
    }),
  ),
});

export const messageSent = z.object({ messageId: z.uuid(), conversationId: z.uuid(), created: z.boolean() });

/** A change that has nothing to say but that it was made. */
export const nothing = z.void();
