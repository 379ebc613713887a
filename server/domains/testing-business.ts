import { createChannel, createMember, createTenant, systemCtx } from "#db/factories.ts";
import type { BusinessHours } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { fixedClock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { connect, createTeam } from "#server/domains/assignment/testing.ts";
import type { MessageEvent } from "#server/domains/conversations/apply-message-events.ts";
import type { InboundMessage } from "#server/domains/conversations/receive-messages.ts";
import { wordsOf } from "#server/domains/conversations/testing.ts";
import { createLabel } from "#server/domains/labels/save-label.ts";
import { saveView } from "#server/domains/saved-views/save-view.ts";
import { saveBusinessDays } from "#server/domains/sla/keep-holidays.ts";
import { savePolicy } from "#server/domains/sla/save-policy.ts";
import type { PromiseMade } from "#server/domains/sla/testing-recount.ts";
import { createCategory } from "#server/domains/ticket-forms/save-category.ts";

/** Where a history begins: two days before the clocks of Paris go forward, with a weekend and a Monday ahead. */
export const beginning = Date.parse("2026-03-27T07:00Z");
const weekdays = [1, 2, 3, 4, 5];
const days = Object.fromEntries(weekdays.map((day) => [day, [{ from: "08:30", to: "18:00" }]]));

export type Business = Awaited<ReturnType<typeof openBusiness>>;

/**
 * A business where everything may happen: two channels, one of which opens tickets and gives its work to a team by turns;
 * two policies, opening hours, saved views with a count.
 */
export async function openBusiness(clock: ReturnType<typeof fixedClock>) {
  const tenant = await createTenant({ timezone: "Europe/Paris" });
  const nadia = await createMember(tenant, "admin", { clock });
  const paul = await createMember(tenant, "agent", { clock });
  const members = [nadia, paul];
  const { teamId } = await createTeam(tenant, members, { assignment: "round_robin", givesOffline: true });
  const { teamId: secondTeamId } = await createTeam(tenant, [paul]);
  const opening = { defaultTeamId: teamId, autoTicketRule: "reopened_conversation" as const };
  const channels = [await createChannel(tenant, opening), await createChannel(tenant, { provider: "twilio" })];
  await connect(tenant, members, clock);

  await saveBusinessDays(nadia.ctx, { days });
  const calendars: { at: number; hours: BusinessHours }[] = [{ at: 0, hours: { days, closed: [] } }];
  const policies: PromiseMade[] = [];
  for (const policy of [
    {
      priorities: ["high", "urgent"] as const,
      firstResponseMinutes: 30,
      nextResponseMinutes: 20,
      resolutionMinutes: 240,
    },
    {
      priorities: ["low", "medium"] as const,
      firstResponseMinutes: 90,
      nextResponseMinutes: null,
      resolutionMinutes: 900,
    },
  ]) {
    const whole = { ...policy, priorities: [...policy.priorities], name: "P", channels: [], warnMinutes: 15 };
    const { policyId } = await savePolicy(nadia.ctx, { ...whole, escalatePriority: null, escalateAssigneeId: null });
    policies.push({ ...whole, id: policyId });
  }
  const { categoryId } = await createCategory(nadia.ctx, { name: "Garantie" });
  const { labelId } = await createLabel(nadia.ctx, { name: "Cadeau" });
  for (const [name, query] of Object.entries(queueViews))
    await saveView(nadia.ctx, { area: "tickets", name, query: { ...query } });
  for (const [name, query] of Object.entries(inboxViews))
    await saveView(nadia.ctx, { area: "inbox", name, query: { ...query } });

  return {
    tenant,
    clock,
    members,
    teams: [teamId, secondTeamId, null],
    channels,
    lines: channels.map((channel) => wordsOf(channel)),
    edge: systemCtx(tenant, clock),
    policies,
    calendars,
    categoryId,
    labelId,
    /** What the providers told, to be told again. */
    told: { messages: [] as InboundMessage[], events: [] as MessageEvent[] },
    /** Replies that wait for a provider's answer, and the names that providers gave to others. */
    waiting: [] as string[],
    accepted: [] as string[],
    held: [] as string[],
    changes: [] as { conversationId: string; eventId: string }[],
    bulks: [] as { id: string; ctx: Ctx }[],
    serial: 0,
  };
}

export const queueViews = {
  "Urgents à moi": { view: "open", assignee: "me", priority: "high,urgent" },
  "Finis par SMS": { view: "all", status: "resolved,closed", channel: "sms" },
} as const;
export const inboxViews = {
  "Non lus": { view: "open", unread: "1" },
  "Attendent depuis une heure": { view: "open", waiting: "60" },
} as const;

/** The nth row's id of a table, counted round; null where there is none. */
export async function nth({ tenant }: Business, table: "conversations" | "tickets", place: number) {
  const ids = await withTenant(tenant, (tx) =>
    tx.raw.unsafe<{ id: string; number: number }[]>(
      `select id, ${table === "tickets" ? "number::int" : "0"} as number from ${table} order by id`,
    ),
  );
  return ids[place % Math.max(1, ids.length)] ?? null;
}
