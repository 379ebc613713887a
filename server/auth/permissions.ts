import type { Role } from "#server/core/context.ts";

/** Everything that can be allowed or refused. Each procedure names one. */
export const permissions = [
  "overview.read",
  "conversations.read",
  "conversations.reply",
  "tickets.read",
  "tickets.write",
  "tickets.configure",
  "customers.read",
  "customers.write",
  "customers.erase",
  "search.read",
  "logs.read",
  "logs.payload",
  "logs.replay",
  "logs.retain",
  "channels.read",
  "channels.write",
  "members.read",
  "members.write",
  "members.owner",
  "teams.write",
  "quick_replies.write",
  "labels.write",
  "profile.write",
  "analytics.read",
  "live.watch",
  "views.share",
  "sla.write",
  "appointments.read",
  "appointments.write",
  "appointments.configure",
  "booking.configure",
  "prospects.read",
  "prospects.write",
  "automation.write",
  "surveys.write",
] as const;
export type Permission = (typeof permissions)[number];

const agent: Permission[] = [
  "overview.read",
  "conversations.read",
  "conversations.reply",
  "tickets.read",
  "tickets.write",
  "customers.read",
  "customers.write",
  "search.read",
  "appointments.read",
  "appointments.write",
  "prospects.read",
  "prospects.write",
  "members.read",
  "channels.read",
  "profile.write",
  "live.watch",
];
const manager: Permission[] = [
  ...agent,
  "views.share",
  "analytics.read",
  "logs.read",
  "quick_replies.write",
  "labels.write",
  "tickets.configure",
  "surveys.write",
  "appointments.configure",
];
const admin: Permission[] = [
  ...manager,
  "logs.payload",
  "logs.replay",
  "logs.retain",
  "customers.erase",
  "channels.write",
  "members.write",
  "teams.write",
  "sla.write",
  "automation.write",
  "booking.configure",
];
const owner: Permission[] = [...admin, "members.owner"];

/** The permission table: what each role may do. */
const table: Record<Role, ReadonlySet<Permission>> = {
  agent: new Set(agent),
  manager: new Set(manager),
  admin: new Set(admin),
  owner: new Set(owner),
};

export function allows(role: Role, permission: Permission): boolean {
  return table[role].has(permission);
}

export function permissionsOf(role: Role): Permission[] {
  return permissions.filter((permission) => table[role].has(permission));
}
