import { sql } from "drizzle-orm";
import { check, foreignKey, index, jsonb, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { cents, createdAt, currency, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import type { segments } from "./customers.ts";
import { customers } from "./customers.ts";
import { memberships, tenants } from "./tenants.ts";

/** In the order of the board. The first three are open: somebody works on them. */
export const prospectStatuses = ["new", "follow_up", "qualified", "converted", "not_qualified", "lost"] as const;
export type ProspectStatus = (typeof prospectStatuses)[number];
export const openProspectStatuses = ["new", "follow_up", "qualified"] as const satisfies readonly ProspectStatus[];
/** Where they came from: a member wrote them down, out of a conversation or after a call, or the voice agent asked them. */
export const prospectSources = ["manual", "conversation", "call", "voice_agent"] as const;
export type ProspectSource = (typeof prospectSources)[number];
export const scoreGivers = ["member", "voice_agent"] as const;

/** What undoing a conversion gives back. `segment`: the customer's, where the conversion changed it. */
export interface ProspectConversion {
  status: (typeof openProspectStatuses)[number];
  segment: (typeof segments)[number] | null;
}

/**
 * What each known fact adds to the score of a prospect, 100 in all. The column `score` says the same in SQL, from its own
 * row alone, so that it can neither drift nor be forgotten.
 */
export const scorePoints = {
  interest: 20,
  propertyType: 10,
  place: 10,
  budget: 25,
  followUp: 20,
  contact: 15,
} as const;

const scored: Readonly<Record<keyof typeof scorePoints, string>> = {
  interest: "interest <> ''",
  propertyType: "property_type <> ''",
  place: "place <> ''",
  budget: "budget_min_cents is not null or budget_max_cents is not null",
  followUp: "next_follow_up_at is not null",
  contact: "source <> 'manual'",
};
const scoreSql = Object.entries(scored)
  .map(([fact, known]) => `case when ${known} then ${scorePoints[fact as keyof typeof scorePoints]} else 0 end`)
  .join(" + ");

/** A customer who may buy (S2.5): what they look for, what it may cost, how it stands, and when to speak with them again. */
export const prospects = pgTable(
  "prospects",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    customerId: uuid("customer_id").notNull(),
    status: text("status", { enum: prospectStatuses }).notNull().default("new"),
    /** When it came to this status. */
    statusAt: instant("status_at").notNull(),
    /** The member who works on it. */
    ownerId: uuid("owner_id"),
    interest: text("interest").notNull().default(""),
    propertyType: text("property_type").notNull().default(""),
    place: text("place").notNull().default(""),
    /** Either end may be open. */
    budgetMinCents: cents("budget_min_cents"),
    budgetMaxCents: cents("budget_max_cents"),
    currency: currency(),
    /** What the team knows; what was said when they were asked. */
    notes: text("notes").notNull().default(""),
    qualificationNotes: text("qualification_notes").notNull().default(""),
    /** 0 to 100, in place of what the facts add up to. */
    givenScore: smallint("given_score"),
    givenBy: text("given_by", { enum: scoreGivers }),
    score: smallint("score")
      .notNull()
      .generatedAlwaysAs(sql.raw(`coalesce(given_score, (${scoreSql})::smallint)`)),
    nextFollowUpAt: instant("next_follow_up_at"),
    /** When the owner is to be told of it; null once they were, or where nobody is. */
    remindAt: instant("remind_at"),
    source: text("source", { enum: prospectSources }).notNull().default("manual"),
    /** Where it came from. Unset when what they point to goes (custom SQL: only the link, never the tenant). */
    conversationId: uuid("conversation_id"),
    callId: uuid("call_id"),
    /** Since when it is known to be worth it, whatever came of it; null: it is not, or nobody said so. */
    qualifiedAt: instant("qualified_at"),
    convertedAt: instant("converted_at"),
    conversion: jsonb("conversion").$type<ProspectConversion>(),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("prospects_list").on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("prospects_status").on(t.tenantId, t.status, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("prospects_owner").on(t.tenantId, t.ownerId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("prospects_score").on(t.tenantId, t.score.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("prospects_customer").on(t.tenantId, t.customerId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    // A column of the board: those that came last on top.
    index("prospects_board").on(t.tenantId, t.status, t.statusAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    // Whom to speak with next.
    index("prospects_follow_up")
      .on(t.tenantId, t.nextFollowUpAt, t.id)
      .where(sql`next_follow_up_at is not null`),
    // Whose owner is to be told, across tenants, read by the door `due`.
    index("prospects_remind")
      .on(t.tenantId, t.remindAt)
      .where(sql`remind_at is not null`),
    index("prospects_conversation")
      .on(t.tenantId, t.conversationId)
      .where(sql`conversation_id is not null`),
    index("prospects_call")
      .on(t.tenantId, t.callId)
      .where(sql`call_id is not null`),
    check("prospects_status_check", oneOf("status", prospectStatuses)),
    check("prospects_source_check", oneOf("source", prospectSources)),
    check(
      "prospects_budget",
      sql`budget_min_cents >= 0 and budget_max_cents >= 0 and budget_min_cents <= budget_max_cents`,
    ),
    check("prospects_given_score", sql`given_score between 0 and 100 and (given_score is null) = (given_by is null)`),
    check("prospects_given_by", oneOf("given_by", scoreGivers)),
    check("prospects_converted", sql`(status = 'converted') = (converted_at is not null)`),
    foreignKey({
      name: "prospects_customer_fk",
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "prospects_owner_fk",
      columns: [t.tenantId, t.ownerId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }),
  ],
);

/** What became of a prospect, and who did it, when and why. */
export const prospectEvents = pgTable(
  "prospect_events",
  {
    tenantId: tenantId(),
    id: rowId(),
    prospectId: uuid("prospect_id").notNull(),
    type: text("type").notNull(),
    actorType: text("actor_type").notNull(),
    actorId: uuid("actor_id"),
    /** Why, in the words of whoever did it. */
    reason: text("reason").notNull().default(""),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("prospect_events_prospect").on(t.tenantId, t.prospectId, t.id),
    foreignKey({
      name: "prospect_events_prospect_fk",
      columns: [t.tenantId, t.prospectId],
      foreignColumns: [prospects.tenantId, prospects.id],
    }).onDelete("cascade"),
  ],
);
