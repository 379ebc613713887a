import { wordedMessageKinds } from "#db/schema/appointment-messages.ts";
import type { MessageKind } from "./plan-messages.ts";

/** What a business words, switches on and off, and chooses approved messages for. */
export type WordedKind = (typeof wordedMessageKinds)[number];
export const wordedKinds = wordedMessageKinds;

/** Those that a customer answers with one character: whether they come, or want another time. */
export const asking: ReadonlySet<MessageKind> = new Set<MessageKind>(["confirmation", "change", "reminder_24h"]);

/** What a business sends that has chosen nothing: whoever missed a visit is written to where somebody wanted that. */
export const proposedOn: Readonly<Record<WordedKind, boolean>> = {
  confirmation: true,
  change: true,
  reminder_24h: true,
  reminder_1h: true,
  cancellation: true,
  no_show: false,
  waitlist_offer: true,
};

/** What is filled in where a message is written. */
export const messageVariables = [
  "customer.first_name",
  "customer.name",
  "business.name",
  "service",
  "date",
  "time",
  "member",
  "place",
  "link",
] as const;
export type MessageVariable = (typeof messageVariables)[number];
export type MessageValues = Readonly<Record<MessageVariable, string>>;
