import { eq } from "drizzle-orm";
import type { MadeMember, MadeTenant } from "#db/factories.ts";
import { createChannel, createMember, createTenant } from "#db/factories.ts";
import { conversations } from "#db/schema/conversations.ts";
import { memberConnections, teamMembers, teams } from "#db/schema/teams.ts";
import { memberships } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { wordsOf } from "#server/domains/conversations/testing.ts";

type TeamValues = Partial<Omit<typeof teams.$inferInsert, "tenantId" | "id">>;

/** A team of these members. */
export async function createTeam(tenant: MadeTenant, members: readonly MadeMember[], values: TeamValues = {}) {
  const teamId = newId();
  const { tenantId } = tenant;
  await withTenant(tenant, async (tx) => {
    await tx.insert(teams).values({ name: `Équipe ${teamId.slice(-6)}`, ...values, tenantId, id: teamId });
    if (members.length > 0)
      await tx.insert(teamMembers).values(members.map(({ userId }) => ({ tenantId, teamId, userId })));
  });
  return { teamId };
}

/** Says, as a process of theirs would, that these members have Guichet open; or that they closed it. */
export async function connect(tenant: MadeTenant, members: readonly MadeMember[], clock: Clock, open = true) {
  const { tenantId } = tenant;
  await withTenant(tenant, async (tx) => {
    for (const { userId } of members) {
      await tx.delete(memberConnections).where(eq(memberConnections.userId, userId));
      if (open)
        await tx.insert(memberConnections).values({ tenantId, userId, processId: newId(), seenAt: clock.now() });
    }
  });
}

/** Changes what is known of a member without asking anybody. */
export async function changeMember(
  tenant: MadeTenant,
  { userId }: MadeMember,
  values: Partial<typeof memberships.$inferInsert>,
) {
  await withTenant(tenant, (tx) => tx.update(memberships).set(values).where(eq(memberships.userId, userId)));
}

/** A shop whose channel gives its new conversations to a team of so many members, all of them connected. */
export async function sharingShop(size: number, clock: Clock, values: TeamValues = { assignment: "round_robin" }) {
  const tenant = await createTenant();
  const members: MadeMember[] = [];
  for (let count = 0; count < size; count++) members.push(await createMember(tenant, "agent", { clock }));
  members.sort((a, b) => (a.userId < b.userId ? -1 : 1));
  const team = await createTeam(tenant, members, values);
  const channel = await createChannel(tenant, { defaultTeamId: team.teamId });
  await connect(tenant, members, clock);
  return { tenant, members, channel, ...team };
}

/** Who has each conversation, by its address. */
export async function holders(tenant: MadeTenant) {
  const rows = await withTenant(tenant, (tx) => tx.select().from(conversations).orderBy(conversations.addressValue));
  return rows.map(({ assigneeId, teamId, seekingSince }) => ({ assigneeId, teamId, seeking: seekingSince !== null }));
}

export const phoneOf = (number: number) => `+336399${String(10_000 + number)}`;
/** As many people write for the first time. */
export function arriving(channel: { channelId: string }, from: number, count: number) {
  const { message } = wordsOf(channel);
  return Array.from({ length: count }, (_, at) => message(`m${from + at}`, { phone: phoneOf(from + at) }));
}
