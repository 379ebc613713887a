import type { AutomationEvent, ChangedField } from "#db/schema/automation.ts";
import type { BusinessHours } from "#db/schema/channels.ts";
import type { Ticket } from "#server/domains/tickets/index.ts";

/** Something that happened, as rules look at it. */
export interface Fact {
  id: string;
  event: AutomationEvent;
  ticketId: string | null;
  conversationId: string | null;
  messageId: string | null;
  changed: ChangedField[];
  originId: string;
  depth: number;
  occurredAt: Date;
}

/** What a fact is about: its ticket, or the newest of its conversation; its conversation, or the ticket's; and who wrote. */
export interface Subject {
  ticket: SubjectTicket | null;
  conversation: SubjectConversation | null;
  customer: { segment: string; tags: string[]; firstName: string; name: string } | null;
  /** The message that the fact is. */
  text: string | null;
}

export type SubjectTicket = Pick<
  Ticket,
  | "id"
  | "number"
  | "status"
  | "priority"
  | "categoryId"
  | "teamId"
  | "assigneeId"
  | "source"
  | "subject"
  | "description"
> & { merged: boolean };

export interface SubjectConversation {
  id: string;
  status: string;
  channelId: string;
  channelType: string;
  teamId: string | null;
  assigneeId: string | null;
  labelIds: string[];
  subject: string | null;
  /** Blocked, or spam: nothing is sent there. */
  quiet: boolean;
  /** The channel's own; null: those of the business. */
  hours: BusinessHours | null;
}
