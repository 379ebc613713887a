import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId } from "./columns.ts";
import { memberships } from "./tenants.ts";

/** What a member may be told of. */
export const notificationKinds = [
  "mentioned",
  "assigned",
  "answered",
  "ticket_changed",
  "deadline_missed",
  "rule",
  "low_score",
  "follow_up_due",
] as const;
export const notificationSubjects = ["conversation", "ticket", "prospect"] as const;
export const notificationMailStatuses = ["owed", "sending", "sent", "unknown", "failed", "dropped"] as const;

/**
 * Something that a member is told: what happened to which conversation, ticket or prospect, and who did it; never its words. What
 * happens again before it was seen is told once, with how often.
 */
export const notifications = pgTable(
  "notifications",
  {
    tenantId: tenantId(),
    id: rowId(),
    userId: uuid("user_id").notNull(),
    kind: text("kind", { enum: notificationKinds }).notNull(),
    subject: text("subject", { enum: notificationSubjects }).notNull(),
    subjectId: uuid("subject_id").notNull(),
    /** The member who did it; null: a customer, or the program. */
    actorId: uuid("actor_id"),
    times: integer("times").notNull().default(1),
    /** Shown in the product; else it is only pushed or mailed. */
    shown: boolean("shown").notNull().default(true),
    seenAt: instant("seen_at"),
    /** What became of the mail about it; null: none is wanted. */
    mail: text("mail", { enum: notificationMailStatuses }),
    mailDueAt: instant("mail_due_at"),
    mailClaimedAt: instant("mail_claimed_at"),
    /** The digest it went with: the mail's Message-ID. */
    mailId: uuid("mail_id"),
    createdAt: createdAt(),
    /** When it last happened. */
    happenedAt: instant("happened_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("notifications_unseen_once")
      .on(t.tenantId, t.userId, t.kind, t.subject, t.subjectId)
      .where(sql`seen_at is null`),
    index("notifications_list")
      .on(t.tenantId, t.userId, t.happenedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`shown`),
    // The number on the bell.
    index("notifications_unseen")
      .on(t.tenantId, t.userId)
      .where(sql`shown and seen_at is null`),
    // Digests still to be sent, across tenants, read by the door `due`.
    index("notifications_mail")
      .on(t.tenantId, t.mailDueAt)
      .where(sql`mail in ('owed', 'sending')`),
    check("notifications_kind", oneOf("kind", notificationKinds)),
    check("notifications_subject", oneOf("subject", notificationSubjects)),
    check("notifications_mail_status", oneOf("mail", notificationMailStatuses)),
    foreignKey({
      name: "notifications_member",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

/** How a member wants to hear of a kind; without a row, as the program proposes. */
export const notificationChoices = pgTable(
  "notification_choices",
  {
    tenantId: tenantId(),
    userId: uuid("user_id").notNull(),
    kind: text("kind", { enum: notificationKinds }).notNull(),
    product: boolean("product").notNull(),
    push: boolean("push").notNull(),
    mail: boolean("mail").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId, t.kind] }),
    check("notification_choices_kind", oneOf("kind", notificationKinds)),
    foreignKey({
      name: "notification_choices_member",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

/** A browser that a member lets be woken: where to, and with which keys. One that is gone is removed. */
export const pushSubscriptions = pgTable(
  "push_subscriptions",
  {
    tenantId: tenantId(),
    id: rowId(),
    userId: uuid("user_id").notNull(),
    endpoint: text("endpoint").notNull(),
    p256dh: text("p256dh").notNull(),
    auth: text("auth").notNull(),
    /** What the browser says it is, for the list of devices. */
    userAgent: text("user_agent"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("push_subscriptions_endpoint").on(t.tenantId, t.endpoint),
    index("push_subscriptions_member").on(t.tenantId, t.userId),
    foreignKey({
      name: "push_subscriptions_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);
