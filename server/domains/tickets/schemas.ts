import { z } from "zod";
import { channelTypes } from "#db/schema/channels.ts";
import { ticketPriorities, ticketSources, ticketStatuses } from "#db/schema/tickets.ts";

export const ticketViews = ["mine", "unassigned", "urgent", "waiting", "open", "all"] as const;
export type TicketView = (typeof ticketViews)[number];
export const ticketSorts = ["updated", "created", "number", "priority"] as const;
export type TicketSort = (typeof ticketSorts)[number];

const subject = z.string("required").trim().min(1, "required").max(200, "too_long");
const description = z.string().trim().max(10_000, "too_long");
const category = z.string().trim().max(60, "too_long");
const notes = z.string().trim().max(5_000, "too_long");

export const listTicketsInput = z.object({
  view: z.enum(ticketViews).default("open"),
  sort: z.enum(ticketSorts).default("updated"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  status: z.array(z.enum(ticketStatuses)).optional(),
  priority: z.array(z.enum(ticketPriorities)).optional(),
  /** A member's id, `me` or `none`. */
  assignee: z.union([z.literal("me"), z.literal("none"), z.uuid()]).optional(),
  channel: z.enum(channelTypes).optional(),
  /** Words of the subject, or a number with or without its `#`. */
  search: z.string().trim().max(200).optional(),
  /** Cursors of a row: the page that follows it, or the one that ends before it. */
  after: z.string().max(300).optional(),
  before: z.string().max(300).optional(),
});
export type ListTicketsInput = z.input<typeof listTicketsInput>;

export const openTicketInput = z.object({
  subject,
  description: description.optional(),
  category: category.optional(),
  customerId: z.uuid().optional(),
  conversationId: z.uuid().optional(),
  channelType: z.enum(channelTypes).optional(),
  priority: z.enum(ticketPriorities).optional(),
  assigneeId: z.uuid().optional(),
  source: z.enum(ticketSources),
});
export type OpenTicketInput = z.input<typeof openTicketInput>;

const one = { ticketId: z.uuid() };

export const getTicketInput = z.object({ number: z.number().int().positive() });
export const nextTicketInput = z.object({ after: z.number().int().positive() });
export const changeTicketInput = z.object({
  ...one,
  subject: subject.optional(),
  description: description.optional(),
  category: category.nullable().optional(),
  priority: z.enum(ticketPriorities).optional(),
  status: z.enum(ticketStatuses).optional(),
  dueAt: z.date().nullable().optional(),
});
export type ChangeTicketInput = z.input<typeof changeTicketInput>;
export const assignTicketInput = z.object({ ...one, assigneeId: z.uuid().nullable() });
export type AssignTicketInput = z.input<typeof assignTicketInput>;
export const resolveTicketInput = z.object({ ...one, notes: notes.optional() });
export type ResolveTicketInput = z.input<typeof resolveTicketInput>;
export const ticketInput = z.object(one);
export type TicketInput = z.input<typeof ticketInput>;
export const addTicketNoteInput = z.object({ ...one, text: notes.min(1, "required") });
export type AddTicketNoteInput = z.input<typeof addTicketNoteInput>;

/** At most one page of rows at a time. */
export const changeTicketsInput = z.object({
  ticketIds: z.array(z.uuid()).min(1).max(100),
  status: z.enum(ticketStatuses).optional(),
  priority: z.enum(ticketPriorities).optional(),
  assigneeId: z.uuid().nullable().optional(),
});
export type ChangeTicketsInput = z.input<typeof changeTicketsInput>;
