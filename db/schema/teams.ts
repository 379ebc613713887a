import { boolean, check, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { memberships, tenants } from "./tenants.ts";

/** Who of a team is given new work: nobody until somebody takes it, each in turn, or whoever has least. */
export const teamAssignments = ["by_hand", "round_robin", "least_loaded"] as const;

/** Members who share a kind of work. */
export const teams = pgTable(
  "teams",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    assignment: text("assignment", { enum: teamAssignments }).notNull().default("by_hand"),
    /** Members are given work whether they have Guichet open or not. */
    givesOffline: boolean("gives_offline").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("teams_name").on(t.tenantId, t.name),
    check("teams_assignment", oneOf("assignment", teamAssignments)),
  ],
);

/** A member may be in several teams. */
export const teamMembers = pgTable(
  "team_members",
  {
    tenantId: tenantId(),
    teamId: uuid("team_id").notNull(),
    userId: uuid("user_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.teamId, t.userId] }),
    index("team_members_member").on(t.tenantId, t.userId),
    foreignKey({
      name: "team_members_team",
      columns: [t.tenantId, t.teamId],
      foreignColumns: [teams.tenantId, teams.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "team_members_member_fk",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);

/**
 * That a process holds a member's live connection, said again while it does: a row that was not for a while is
 * one of a process that died. Unlogged (custom SQL): after a crash nobody is connected.
 */
export const memberConnections = pgTable(
  "member_connections",
  {
    tenantId: tenantId(),
    userId: uuid("user_id").notNull(),
    processId: uuid("process_id").notNull(),
    seenAt: instant("seen_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId, t.processId] }),
    foreignKey({
      name: "member_connections_member",
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete("cascade"),
  ],
);
