import { z } from "zod";
import type { appointmentAnswers, appointmentMessageStatuses } from "#db/schema/appointment-messages.ts";
import { variablesIn } from "#server/domains/quick-replies/schemas.ts";
import { messageVariables, wordedKinds } from "./message-kinds.ts";
import type { MessageKind, MessageReason } from "./plan-messages.ts";

const known: ReadonlySet<string> = new Set(messageVariables);

export const ofAppointmentInput = z.object({ appointmentId: z.uuid() });
export type OfAppointmentInput = z.infer<typeof ofAppointmentInput>;

export const messageRef = z.object({ messageId: z.uuid() });
export type MessageRef = z.infer<typeof messageRef>;

/** A message about an appointment, as its page shows it. */
export interface AppointmentMessage {
  id: string;
  kind: MessageKind;
  status: (typeof appointmentMessageStatuses)[number];
  /** Why it was not sent. */
  reason: MessageReason | null;
  /** When it is to leave, or did. */
  dueAt: Date;
  channelType: string | null;
  conversationId: string | null;
  /** What became of it at the provider: `sent`, `delivered`, `read`, `failed` …; null while nothing was sent. */
  delivery: string | null;
  answer: (typeof appointmentAnswers)[number] | null;
  answeredAt: Date | null;
}

/** The business's own words; empty: the program's. */
const text = z
  .string()
  .trim()
  .max(1_000, "too_long")
  .refine((words) => variablesIn(words).every((name) => known.has(name)), "unknown_variable")
  .transform((words) => words || null)
  .nullable();

export const saveWordsInput = z.object({
  kind: z.enum(wordedKinds),
  enabled: z.boolean(),
  textFr: text,
  textEn: text,
  /** Of WhatsApp; null: nobody is written to there outside the reply window. */
  templateName: z.string().trim().max(512).nullable(),
  /** What each variable of it stands for. */
  templateValues: z.record(z.string().max(60), z.enum(messageVariables, "unknown_variable")),
});
export type SaveWordsInput = z.input<typeof saveWordsInput>;

const hour = z.string("invalid_time").regex(/^([01]\d|2[0-3]):[0-5]\d$/, "invalid_time");
export const saveSettingsInput = z
  .object({
    sendFrom: hour,
    sendUntil: hour,
    offerMinutes: z.number("invalid_number").int("invalid_number").min(5, "invalid_number").max(1_440, "too_long"),
  })
  .refine(({ sendFrom, sendUntil }) => sendFrom < sendUntil, { path: ["sendUntil"], message: "hours_reversed" });
export type SaveSettingsInput = z.infer<typeof saveSettingsInput>;
