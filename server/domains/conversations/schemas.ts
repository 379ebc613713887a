import { z } from "zod";
import { templateVariables } from "#server/domains/templates/schemas.ts";
import { sendingTime } from "./sending-time.ts";

const id = z.uuid();

/** What an agent chooses between; `search` spans all of them. */
export const conversationViews = ["mine", "unassigned", "open", "snoozed", "resolved", "archived", "spam"] as const;
export type ConversationView = (typeof conversationViews)[number];

export const conversationRef = z.object({ conversationId: id });
export type ConversationRef = z.infer<typeof conversationRef>;

/** What narrows a view; each that is given must hold. */
export const conversationFilter = z.object({
  /** A member; `nobody`; or the one who asks. */
  assignee: z.union([id, z.enum(["me", "nobody"])]).optional(),
  teamId: id.optional(),
  channelId: id.optional(),
  labelId: id.optional(),
  unread: z.boolean().optional(),
  /** The customer waits for us since so many minutes, at least. */
  waitingMinutes: z.number().int().min(1).max(100_000).optional(),
});
export type ConversationFilter = z.infer<typeof conversationFilter>;

/** A list as its address has it: the view and what narrows it. */
export interface InboxFilter {
  view: ConversationView;
  filter: ConversationFilter;
}

/** The parameters of the inbox's address that a saved view keeps. */
export const inboxViewQuery = z
  .strictObject({
    view: z.enum(conversationViews),
    assignee: z.union([id, z.enum(["me", "nobody"])]),
    team: id,
    channel: id,
    label: id,
    unread: z.literal("1"),
    waiting: z.string().regex(/^[1-9]\d{0,4}$/),
  })
  .partial()
  .transform((query): Record<string, string> => query);

/** What the inbox's address asks for; a word that makes no sense there narrows nothing. */
export function inboxFilterOf({
  view,
  assignee,
  team,
  channel,
  label,
  unread,
  waiting,
}: Record<string, string>): InboxFilter {
  const read = <T>(schema: z.ZodType<T>, value: unknown) => schema.safeParse(value).data;
  const { shape } = conversationFilter;
  const filter = {
    assignee: read(shape.assignee, assignee),
    teamId: read(shape.teamId, team),
    channelId: read(shape.channelId, channel),
    labelId: read(shape.labelId, label),
    unread: unread === "1" || undefined,
    waitingMinutes: waiting ? read(shape.waitingMinutes, Number(waiting)) : undefined,
  };
  return { view: conversationViews.find((known) => known === view) ?? "open", filter };
}

export const listConversationsInput = z.object({
  view: z.enum(conversationViews).default("open"),
  filter: conversationFilter.default({}),
  /** Part of a customer's name, phone (any spelling) or email. */
  query: z.string().trim().max(200).default(""),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).nullish(),
  /** Of these alone: what a screen shows and hears that it changed. */
  among: z.array(id).min(1).max(100).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ListConversationsInput = z.input<typeof listConversationsInput>;

/** At most one of `before`, `after` and `around`; none of them is the end of the thread. */
export const listThreadInput = conversationRef.extend({
  /** `olderCursor` of a page. */
  before: z.string().max(200).nullish(),
  /** `newerCursor` of a page. */
  after: z.string().max(200).nullish(),
  /** A message: half of the page is up to it, half of it after it. */
  around: id.nullish(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ListThreadInput = z.input<typeof listThreadInput>;

export const replyInput = conversationRef.extend({
  /** May be empty where files go along. */
  text: z.string().trim().max(20_000, "too_long"),
  /** Uploads of the sender's own, in the order that they are shown. */
  attachmentIds: z.array(id).max(20, "too_many_files").nullish(),
  /** Our id of the message that is answered. */
  replyToId: id.nullish(),
  /** On a mail channel: instead of the thread's. */
  subject: z.string().trim().max(300, "too_long").nullish(),
  /** On a mail channel: who reads along, instead of everybody in the thread. */
  cc: z.array(z.email("invalid_email").max(254)).max(20, "too_many").nullish(),
  /** The latest message that its writer had seen: refused when a colleague answered after it. Left out: sent anyway. */
  seenId: id.nullish(),
  /** Made once by the sender's screen: the same key never sends twice. */
  idempotencyKey: z.string().min(8).max(100),
});
export type ReplyInput = z.input<typeof replyInput>;

export const scheduleReplyInput = replyInput.extend({
  /** By the business's clock; null: once its writer may no longer take it back. */
  sendAt: sendingTime.nullish(),
  /** Not sent when the customer writes before. */
  unlessAnswered: z.boolean().default(false),
});
export type ScheduleReplyInput = z.input<typeof scheduleReplyInput>;

export const scheduledRef = z.object({ scheduledId: id });
export type ScheduledRef = z.infer<typeof scheduledRef>;

export const sendTemplateInput = conversationRef.extend({
  templateId: id,
  /** By the template's own names. */
  variables: templateVariables.default({}),
  idempotencyKey: z.string().min(8).max(100),
});
export type SendTemplateInput = z.input<typeof sendTemplateInput>;

export const reactInput = z.object({
  messageId: id,
  /** null takes our reaction back. */
  emoji: z.string().min(1).max(16).nullable(),
  idempotencyKey: z.string().min(8).max(100),
});
export type ReactInput = z.infer<typeof reactInput>;

export const retryInput = z.object({ messageId: id });
export type RetryInput = z.infer<typeof retryInput>;

export const noteInput = conversationRef.extend({
  text: z.string().trim().min(1, "required").max(10_000, "too_long"),
  idempotencyKey: z.string().min(8).max(100).nullish(),
});
export type NoteInput = z.input<typeof noteInput>;

export const assignInput = conversationRef.extend({
  /** An active member, or null to give it back to everybody. */
  assigneeId: id.nullable(),
});
export type AssignInput = z.infer<typeof assignInput>;

export const assignTeamInput = conversationRef.extend({ teamId: id.nullable() });
export type AssignTeamInput = z.infer<typeof assignTeamInput>;

export const archiveInput = conversationRef.extend({ archived: z.boolean().default(true) });
export type ArchiveInput = z.input<typeof archiveInput>;

export const spamInput = conversationRef.extend({ spam: z.boolean().default(true) });
export type SpamInput = z.input<typeof spamInput>;

export const snoozeInput = conversationRef.extend({
  /** `three_hours`, `tomorrow`, `next_week`, or a time of the business's zone such as `2026-12-24T08:30`. */
  until: z.string().min(1, "required").max(30),
});
export type SnoozeInput = z.infer<typeof snoozeInput>;

export const undoInput = conversationRef.extend({ eventId: id });
export type UndoInput = z.infer<typeof undoInput>;

export const labelConversationInput = conversationRef.extend({ labelId: id, on: z.boolean() });
export type LabelConversationInput = z.infer<typeof labelConversationInput>;

export const sendToAddressInput = z.object({
  channelId: id,
  /** A phone in any notation, a mail address, or the provider's id of a person. */
  to: z.string().trim().min(3).max(200),
  text: z.string().trim().min(1, "required").max(20_000, "too_long"),
  /** Of a mail. */
  subject: z.string().trim().max(500).optional(),
  /** Made once by the sender: the same key never sends twice. */
  idempotencyKey: z.string().min(8).max(100),
});
export type SendToAddressInput = z.infer<typeof sendToAddressInput>;

export const personRef = z.object({ customerId: id });
export type PersonRef = z.infer<typeof personRef>;

export const openPersonInput = personRef.extend({
  /** The conversation to answer by; left out: the best one there is. */
  via: id.nullish(),
});
export type OpenPersonInput = z.infer<typeof openPersonInput>;

/** At most one of `before`, `after`, `around` and `day`; none of them is the end. */
export const listPersonInput = personRef.extend({
  ...listThreadInput.pick({ before: true, after: true, around: true, limit: true }).shape,
  /** From the beginning of a day of the business's zone. */
  day: z.iso.date().nullish(),
});
export type ListPersonInput = z.input<typeof listPersonInput>;

export const mergeConversationInput = conversationRef.extend({
  /** The conversation that goes on, of the same customer. */
  intoId: id,
});
export type MergeConversationInput = z.infer<typeof mergeConversationInput>;
