import { z } from "zod";
import { commaList } from "#server/core/comma-list.ts";
import type { appointmentStatuses } from "#db/schema/appointments.ts";
import type { ProspectSource, ProspectStatus } from "#db/schema/prospects.ts";
import { prospectSources, prospectStatuses } from "#db/schema/prospects.ts";
import type { ScoreReason } from "./score.ts";

const one = { prospectId: z.uuid() };
export const prospectInput = z.object(one);
export type ProspectInput = z.infer<typeof prospectInput>;

const words = (most: number) => z.string().trim().max(most, "too_long");
const reason = words(500).default("");
/** Whole cents, of at most twenty million units. */
const amount = z
  .number("invalid_amount")
  .int("invalid_amount")
  .min(0, "invalid_amount")
  .max(2_000_000_000, "invalid_amount");
const score = z.number("invalid_score").int("invalid_score").min(0, "invalid_score").max(100, "invalid_score");
const instant = z.date("invalid_date");

/** What is known of what somebody looks for; null clears, what is left out stays. */
const facts = {
  interest: words(200).optional(),
  propertyType: words(120).optional(),
  place: words(200).optional(),
  budgetMinCents: amount.nullish(),
  budgetMaxCents: amount.nullish(),
};
const team = { notes: words(4_000).optional(), ownerId: z.uuid().nullish(), nextFollowUpAt: instant.nullish() };

interface Budget {
  budgetMinCents?: number | null | undefined;
  budgetMaxCents?: number | null | undefined;
}
const inOrder = ({ budgetMinCents, budgetMaxCents }: Budget) =>
  typeof budgetMinCents !== "number" || typeof budgetMaxCents !== "number" || budgetMinCents <= budgetMaxCents;
const disordered = { path: ["budgetMaxCents"], message: "budget_order" };

const newCustomer = z
  .object({
    displayName: z.string("required").trim().min(1, "required").max(160, "too_long"),
    phone: words(40).optional(),
    email: words(200).optional(),
  })
  .refine(({ phone, email }) => Boolean(phone || email), { path: ["phone"], message: "phone_or_email" });

/** Where it came from. */
const links = { conversationId: z.uuid().optional(), callId: z.uuid().optional() };

export const createInput = z
  .object({
    /** Who it is: somebody known, or who is known by this phone or email, else they become a customer. */
    customerId: z.uuid().optional(),
    customer: newCustomer.optional(),
    ...facts,
    ...team,
    ...links,
  })
  .refine(({ customerId, customer }) => (customerId === undefined) !== (customer === undefined), {
    path: ["customerId"],
    message: "required",
  })
  .refine(inOrder, disordered);
export type CreateInput = z.input<typeof createInput>;

/** What a voice agent learnt. Without a customer, it is whoever is on the call. */
export const qualifyInput = z
  .object({
    customerId: z.uuid().optional(),
    customer: newCustomer.optional(),
    ...facts,
    score: score.optional(),
    /** When somebody is to speak with them again. */
    followUpAt: instant.optional(),
    /** What they said, in a few sentences. */
    notes: words(4_000).optional(),
    /** What the agent makes of it; without, a member decides. */
    status: z.enum(["qualified", "not_qualified", "follow_up"]).optional(),
    ...links,
  })
  .refine(inOrder, disordered);
export type QualifyInput = z.input<typeof qualifyInput>;

export const updateInput = z
  .object({
    ...one,
    ...facts,
    ...team,
    qualificationNotes: words(4_000).optional(),
    /** In place of what the facts add up to; null: what they add up to. */
    givenScore: score.nullish(),
  })
  .refine(inOrder, disordered);
export type UpdateInput = z.input<typeof updateInput>;

const unconverted = ["new", "follow_up", "qualified", "not_qualified", "lost"] as const;
export const statusInput = z.object({ ...one, status: z.enum(unconverted), reason });
export type StatusInput = z.input<typeof statusInput>;
export const reasonInput = z.object({ ...one, reason });
export type ReasonInput = z.input<typeof reasonInput>;

/** How far somebody came: was qualified, had an appointment, bought. */
export const stages = ["qualified", "appointment", "converted"] as const;
export type Stage = (typeof stages)[number];

export const prospectFilter = z.object({
  status: z.array(z.enum(prospectStatuses)).max(prospectStatuses.length).optional(),
  /** A member; null: nobody's. */
  ownerId: z.uuid().nullish(),
  source: z.enum(prospectSources).optional(),
  minScore: score.optional(),
  stage: z.enum(stages).optional(),
  customerId: z.uuid().optional(),
  conversationId: z.uuid().optional(),
  callId: z.uuid().optional(),
  /** Open ones to be spoken with before this instant. */
  dueBefore: instant.optional(),
  /** Those that came from the one instant until before the other. */
  from: instant.optional(),
  until: instant.optional(),
});
export type ProspectFilter = z.output<typeof prospectFilter>;
export const sorts = ["recent", "score", "follow_up"] as const;
export type ProspectSort = (typeof sorts)[number];
const sort = z.enum(sorts).default("recent");
const cursor = z.string().max(300).optional();
export const countInput = z.object({ filters: z.array(prospectFilter.extend({ sort })).max(10) });
export type CountInput = z.input<typeof countInput>;
export const listInput = prospectFilter.extend({ sort, after: cursor, before: cursor });
export type ListInput = z.input<typeof listInput>;
export const exportInput = prospectFilter.extend({ sort, after: cursor });
export type ExportInput = z.input<typeof exportInput>;

/** The parameters of the list's address that a saved view keeps: filter and order, without the page. */
export const prospectViewQuery = z
  .strictObject({
    due: z.enum(["all", "open", "late", "today", "week"]),
    status: commaList(prospectStatuses),
    score: z.enum(["25", "50", "75"]),
    sort: z.enum(sorts),
    owner: z.union([z.literal("none"), z.uuid()]),
    source: z.enum(prospectSources),
    stage: z.enum(stages),
    customer: z.uuid(),
    since: z.iso.date(),
  })
  .partial()
  .transform((query): Record<string, string> => query);

export const boardInput = z.object({
  ownerId: z.uuid().nullish(),
  /** What follows in one column, behind a cursor. */
  column: z.enum(prospectStatuses).optional(),
  after: cursor,
});
export type BoardInput = z.input<typeof boardInput>;

export const figuresInput = z
  .object({ from: instant, until: instant })
  .refine(({ from, until }) => from < until, { path: ["until"], message: "invalid" });
export type FiguresInput = z.infer<typeof figuresInput>;

export interface ProspectRow {
  id: string;
  customerId: string;
  customerName: string;
  customerPhone: string | null;
  customerEmail: string | null;
  status: ProspectStatus;
  statusAt: Date;
  interest: string;
  propertyType: string;
  place: string;
  budgetMinCents: number | null;
  budgetMaxCents: number | null;
  currency: string;
  score: number;
  nextFollowUpAt: Date | null;
  ownerId: string | null;
  ownerName: string | null;
  source: ProspectSource;
  createdAt: Date;
}

export interface ProspectPage {
  rows: ProspectRow[];
  next: string | null;
  previous: string | null;
  /** Capped: 1,001 means more than a thousand. */
  total: number;
}

export const prospectEventTypes = [
  "created",
  "qualified_by_agent",
  "changed",
  "assigned",
  "follow_up",
  "status",
  "converted",
  "conversion_undone",
] as const;
export type ProspectEventType = (typeof prospectEventTypes)[number];

export interface ProspectEvent {
  id: string;
  type: ProspectEventType;
  at: Date;
  /** Who did it: a member's name; null: what else acted. */
  by: string | null;
  actorType: "member" | "webhook" | "job" | "rule" | "system";
  reason: string;
  /** `{ from, to }` of a status, an instant or a member's name, `{ fields }` of what changed. */
  data: Record<string, unknown>;
}

type ShownAppointment = Exclude<(typeof appointmentStatuses)[number], "held">;

export interface ProspectDetail extends ProspectRow {
  notes: string;
  qualificationNotes: string;
  givenScore: number | null;
  givenBy: "member" | "voice_agent" | null;
  /** What the score is made of. */
  reasons: ScoreReason[];
  /** What it may become from here. */
  onward: ProspectStatus[];
  convertedAt: Date | null;
  /** Whether its conversion can be taken back. */
  undoable: boolean;
  createdByName: string | null;
  conversationId: string | null;
  calls: { id: string; startedAt: Date; direction: "in" | "out" }[];
  appointments: { id: string; startsAt: Date; serviceName: string; status: ShownAppointment }[];
  /** Others of the same customer, newest first. */
  others: { id: string; interest: string; status: ProspectStatus }[];
  history: ProspectEvent[];
}
