import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId } from "./columns.ts";
import { memberships, tenants } from "./tenants.ts";

export const alertSeverities = ["warning", "critical"] as const;

/** Something an admin should know, from when it began until it is over. One open row per `key`. */
export const alerts = pgTable(
  "alerts",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    /** A key that the interface words, such as `channel_silent`. */
    kind: text("kind").notNull(),
    /** What it is about, such as `channel_silent:<channel id>`. */
    key: text("key").notNull(),
    severity: text("severity", { enum: alertSeverities }).notNull(),
    channelId: uuid("channel_id"),
    /** Facts that the words need: since when, the likely cause, the provider's own words. */
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    openedAt: instant("opened_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    resolvedAt: instant("resolved_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("alerts_open")
      .on(t.tenantId, t.key)
      .where(sql`resolved_at is null`),
    index("alerts_list").on(t.tenantId, t.openedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    // How often the same thing came and went.
    index("alerts_key").on(t.tenantId, t.key, t.openedAt),
    check("alerts_severity", oneOf("severity", alertSeverities)),
  ],
);

export const alertMailEvents = ["opened", "recovered"] as const;
export const alertMailStatuses = ["owed", "sending", "sent", "unknown", "failed", "dropped"] as const;

/**
 * What a member is owed to be told by mail: that an alert opened, or that it is over. Written with the alert,
 * sent by a job; several that are due together travel as one mail (`mail_id`).
 */
export const alertMails = pgTable(
  "alert_mails",
  {
    tenantId: tenantId(),
    id: rowId(),
    alertId: uuid("alert_id").notNull(),
    userId: uuid("user_id").notNull(),
    event: text("event", { enum: alertMailEvents }).notNull(),
    /** `unknown`: the server may have taken it, so that it is never sent again; `dropped`: no longer worth a mail. */
    status: text("status", { enum: alertMailStatuses }).notNull().default("owed"),
    dueAt: instant("due_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    claimedAt: instant("claimed_at"),
    sentAt: instant("sent_at"),
    /** Of the last attempt; also the mail's Message-ID. */
    mailId: uuid("mail_id"),
    /** What the mail server said. */
    error: text("error"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("alert_mails_once").on(t.tenantId, t.alertId, t.userId, t.event),
    // What is still to be sent, across tenants, read by the door `due`.
    index("alert_mails_due")
      .on(t.tenantId, t.dueAt)
      .where(sql`status in ('owed', 'sending')`),
    check("alert_mails_event", oneOf("event", alertMailEvents)),
    check("alert_mails_status", oneOf("status", alertMailStatuses)),
    foreignKey({
      name: "alert_mails_alert",
      columns: [t.tenantId, t.alertId],
      foreignColumns: [alerts.tenantId, alerts.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "alert_mails_member",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);
