import { z } from "zod";
import { commaList } from "#server/core/comma-list.ts";
import { channelTypes } from "#db/schema/channels.ts";
import { givenFieldValues } from "#server/domains/ticket-forms/schemas.ts";
import { ticketPriorities, ticketSources, ticketStatuses } from "#db/schema/tickets.ts";

export const ticketViews = ["mine", "unassigned", "urgent", "breaching", "waiting", "watched", "open", "all"] as const;
export type TicketView = (typeof ticketViews)[number];
export const ticketSorts = ["updated", "created", "number", "priority", "deadline"] as const;
export type TicketSort = (typeof ticketSorts)[number];

const subject = z.string("required").trim().min(1, "required").max(200, "too_long");
const description = z.string().trim().max(10_000, "too_long");
const number = z.number("required").int("unknown_ticket").positive("unknown_ticket").max(999_999_999, "unknown_ticket");
const notes = z.string().trim().max(5_000, "too_long");

/** Which tickets are meant: a view, narrowed. */
export const ticketFilter = z.object({
  view: z.enum(ticketViews).default("open"),
  status: z.array(z.enum(ticketStatuses)).max(ticketStatuses.length).optional(),
  priority: z.array(z.enum(ticketPriorities)).max(ticketPriorities.length).optional(),
  /** A member's id, `me` or `none`. */
  assignee: z.union([z.literal("me"), z.literal("none"), z.uuid()]).optional(),
  teamId: z.uuid().optional(),
  channel: z.enum(channelTypes).optional(),
  categoryId: z.uuid().optional(),
  /** Words of the subject, or a number with or without its `#`. */
  search: z.string().trim().max(200).optional(),
});
export type TicketFilter = z.output<typeof ticketFilter>;

/** What the queue can show of a ticket beside its number and subject. */
export const ticketColumns = [
  "customer",
  "channel",
  "status",
  "priority",
  "deadline",
  "due",
  "assignee",
  "updated",
  "created",
] as const;
export type TicketColumn = (typeof ticketColumns)[number];
export const chooseColumnsInput = z.object({
  /** In their order; null: the usual ones. */
  columns: z.array(z.enum(ticketColumns)).max(ticketColumns.length).nullable(),
});
export type ChooseColumnsInput = z.infer<typeof chooseColumnsInput>;

/** The parameters of the queue's address that a saved view keeps: filter, order, columns and layout, without the page. */
export const ticketViewQuery = z
  .strictObject({
    view: z.enum(ticketViews),
    sort: z.enum(ticketSorts),
    direction: z.literal("asc"),
    status: commaList(ticketStatuses),
    priority: commaList(ticketPriorities),
    assignee: z.union([z.literal("me"), z.literal("none"), z.uuid()]),
    team: z.uuid(),
    channel: z.enum(channelTypes),
    category: z.uuid(),
    q: z.string().trim().min(1).max(200),
    columns: commaList(ticketColumns),
    layout: z.literal("board"),
  })
  .partial()
  .transform((query): Record<string, string> => query);

const order = {
  sort: z.enum(ticketSorts).default("updated"),
  direction: z.enum(["asc", "desc"]).default("desc"),
};

export const listTicketsInput = ticketFilter.extend({
  ...order,
  /** Cursors of a row: the page that follows it, or the one that ends before it. */
  after: z.string().max(300).optional(),
  before: z.string().max(300).optional(),
});
export type ListTicketsInput = z.input<typeof listTicketsInput>;

/** The board, or one more stretch of one of its columns. */
export const boardInput = ticketFilter.extend({
  /** This column alone, the cards that follow a cursor. */
  column: z.enum(ticketStatuses).optional(),
  after: z.string().max(300).optional(),
});
export type BoardInput = z.input<typeof boardInput>;

export const exportTicketsInput = ticketFilter.extend({ ...order, after: z.string().max(300).optional() });
export type ExportTicketsInput = z.input<typeof exportTicketsInput>;

export const openTicketInput = z.object({
  subject,
  description: description.optional(),
  categoryId: z.uuid().optional(),
  fields: givenFieldValues.optional(),
  /** The number of the ticket that it is a part of. */
  parentNumber: number.optional(),
  customerId: z.uuid().optional(),
  conversationId: z.uuid().optional(),
  channelType: z.enum(channelTypes).optional(),
  priority: z.enum(ticketPriorities).optional(),
  assigneeId: z.uuid().optional(),
  teamId: z.uuid().optional(),
  source: z.enum(ticketSources),
});
export type OpenTicketInput = z.input<typeof openTicketInput>;

const one = { ticketId: z.uuid() };

export const getTicketInput = z.object({
  number,
  /** The timeline before this event; without it, its end. */
  before: z.uuid().optional(),
});
export type GetTicketInput = z.input<typeof getTicketInput>;
export const nextTicketInput = z.object({
  after: z.number().int().positive(),
  /** The queue that one came from; without it, one's own most urgent. */
  queue: ticketFilter.extend(order).optional(),
});
export type NextTicketInput = z.input<typeof nextTicketInput>;
export const changeTicketInput = z.object({
  ...one,
  subject: subject.optional(),
  description: description.optional(),
  categoryId: z.uuid().nullable().optional(),
  fields: givenFieldValues.optional(),
  priority: z.enum(ticketPriorities).optional(),
  status: z.enum(ticketStatuses).optional(),
  assigneeId: z.uuid().nullable().optional(),
  dueAt: z.date().nullable().optional(),
});
export type ChangeTicketInput = z.input<typeof changeTicketInput>;
export const assignTicketInput = z.object({ ...one, assigneeId: z.uuid().nullable() });
export type AssignTicketInput = z.input<typeof assignTicketInput>;
export const assignTicketTeamInput = z.object({ ...one, teamId: z.uuid().nullable() });
export type AssignTicketTeamInput = z.input<typeof assignTicketTeamInput>;
export const resolveTicketInput = z.object({
  ...one,
  notes: notes.optional(),
  fields: givenFieldValues.optional(),
  /** Its open children with it. */
  children: z.boolean().optional(),
});
export type ResolveTicketInput = z.input<typeof resolveTicketInput>;
export const ticketInput = z.object(one);
export type TicketInput = z.input<typeof ticketInput>;
/** A note may be files alone. */
export const addTicketNoteInput = z
  .object({ ...one, text: notes.default(""), attachmentIds: z.array(z.uuid()).max(20, "too_many_files").default([]) })
  .refine((note) => note.text !== "" || note.attachmentIds.length > 0, { path: ["text"], error: "required" });
export type AddTicketNoteInput = z.input<typeof addTicketNoteInput>;

export const mergeTicketInput = z.object({ ...one, into: number });
export type MergeTicketInput = z.input<typeof mergeTicketInput>;
/** Which words become a ticket of their own: a message of the conversation, or a note. */
export const splitTicketInput = z.object({
  ...one,
  from: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("message"), id: z.uuid() }),
    z.object({ kind: z.literal("note"), id: z.uuid() }),
  ]),
  subject,
});
export type SplitTicketInput = z.input<typeof splitTicketInput>;
/** null: a part of nothing. */
export const setParentInput = z.object({ ...one, parent: number.nullable() });
export type SetParentInput = z.input<typeof setParentInput>;

/** What can be done to many tickets at once; `bulk-actions.ts` says how. */
export const bulkChange = z
  .object({
    status: z.enum(ticketStatuses).optional(),
    priority: z.enum(ticketPriorities).optional(),
    assigneeId: z.uuid().nullable().optional(),
    teamId: z.uuid().nullable().optional(),
    categoryId: z.uuid().nullable().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "nothing_chosen");
export type BulkChange = z.output<typeof bulkChange>;

/** A page of rows that were ticked, or everything that a filter finds. */
export const bulkTarget = z.union([z.strictObject({ ids: z.array(z.uuid()).min(1).max(100) }), ticketFilter.strict()]);
export type BulkTarget = z.output<typeof bulkTarget>;
export const countBulkInput = z.object({ target: bulkTarget });
export type CountBulkInput = z.input<typeof countBulkInput>;
export const startBulkInput = z.object({ target: bulkTarget, change: bulkChange });
export type StartBulkInput = z.input<typeof startBulkInput>;
export const bulkRef = z.object({ bulkId: z.uuid() });
export type BulkRef = z.infer<typeof bulkRef>;
/** Who holds the last step's time may take the next one. */
export const bulkBaton = bulkRef.extend({ steppedAt: z.iso.datetime().optional() });
export type BulkBaton = z.infer<typeof bulkBaton>;
