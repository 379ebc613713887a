import { and, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { channelConfigurations } from "#db/schema/channels.ts";
import { tenants } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { isOpenAt } from "#server/domains/channels/index.ts";
import type { CallPlan } from "./call-plan.ts";

const agents = alias(channelConfigurations, "agent");

/**
 * What the channel does with a call now: its voice settings, its hours (a voice agent keeps none), and the
 * number of its agent. `called`: a number that would ring itself rings nobody. Without settings callers are asked to write.
 */
export async function findCallPlan(ctx: Ctx, channelId: string, called: string | null): Promise<CallPlan> {
  const [row] = await withTenant(ctx, (tx) =>
    tx
      .select({
        voice: channelConfigurations.voice,
        businessHours: channelConfigurations.businessHours,
        timezone: tenants.timezone,
        locale: tenants.locale,
        agent: agents.displayPhoneNumber,
      })
      .from(channelConfigurations)
      .innerJoin(tenants, eq(tenants.id, channelConfigurations.tenantId))
      .leftJoin(
        agents,
        and(
          eq(agents.tenantId, channelConfigurations.tenantId),
          sql`${agents.id} = (${channelConfigurations.voice} ->> 'voiceChannelId')::uuid`,
          eq(agents.enabled, true),
          eq(agents.configured, true),
        ),
      )
      .where(eq(channelConfigurations.id, channelId)),
  );
  if (!row) throw notFound();
  const { voice } = row;
  const wanted = voice?.handling === "forward" ? voice.forwardTo : voice?.handling === "voice_agent" ? row.agent : null;
  return {
    language: voice?.language ?? (row.locale.startsWith("fr") ? "fr" : "en"),
    greeting: voice?.greeting ?? "",
    open: voice?.handling === "voice_agent" || isOpenAt(row.businessHours, row.timezone, ctx.clock.now()),
    ring: wanted !== null && dialable.test(wanted) && wanted !== called ? wanted : null,
    voicemail: voice !== null && (voice.voicemail || voice.handling === "voicemail"),
  };
}

const dialable = /^(?:\+[1-9]\d{6,14}|sip:[^\s<>"]{3,200})$/;
