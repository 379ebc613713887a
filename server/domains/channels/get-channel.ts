import { and, count, eq } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import { messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { listAlerts } from "#server/domains/alerts/index.ts";
import { openCredentials } from "./channel-seal.ts";
import type { ChannelSummary } from "./channel-summary.ts";
import { summaryOf, withRejection } from "./channel-summary.ts";
import type { ChannelRow } from "./find-channel.ts";
import { findChannel } from "./find-channel.ts";
import type { LastTest } from "./last-test.ts";
import { lastTestOf } from "./last-test.ts";
import { recentRejections } from "./recent-rejections.ts";
import type { ChannelRef } from "./schemas.ts";

export interface ChannelDetail extends ChannelSummary {
  /** Values of the fields that are no secret. */
  values: Record<string, string>;
  /** Which secrets are kept, and their last four characters where they are long enough to hide the rest. */
  secrets: Record<string, string>;
  conversations: number;
  /** Messages that wait to be sent. */
  waiting: number;
  businessHours: ChannelRow["businessHours"];
  awayMessage: string | null;
  autoReply: string | null;
  /** Below every mail that members write. */
  mailSignature: string | null;
  voice: ChannelRow["voice"];
  defaultTeamId: string | null;
  assignment: ChannelRow["assignment"];
  defaultAssigneeId: string | null;
  /** What the last test found wrong, and when it was run. */
  lastTest: LastTest | null;
}

/** One channel for its settings page: secrets appear as their last four characters only. */
export async function getChannel(ctx: Ctx, { channelId }: ChannelRef): Promise<ChannelDetail> {
  return withTenant(ctx, async (tx) => {
    const row = await findChannel({ ...ctx, tx }, channelId);
    const [held] = await tx
      .select({ total: count() })
      .from(conversations)
      .where(eq(conversations.channelId, channelId));
    const [pending] = await tx
      .select({ total: count() })
      .from(messages)
      .where(and(eq(messages.status, "pending"), eq(messages.direction, "out"), eq(messages.channelId, channelId)));
    const { businessHours, awayMessage, autoReply, mailSignature, voice } = row;
    const { defaultTeamId, assignment, defaultAssigneeId } = row;
    const hidden = Object.entries(openCredentials(row)).filter(
      ([name, value]) => value !== "" && !(name in row.configPublic),
    );
    const now = ctx.clock.now();
    const rejections = await recentRejections(tx, now);
    return {
      ...summaryOf(withRejection(row, rejections.get(channelId)), now, await listAlerts({ ...ctx, tx })),
      values: row.configPublic,
      secrets: Object.fromEntries(hidden.map(([name, value]) => [name, lastFour(value)])),
      conversations: held?.total ?? 0,
      waiting: pending?.total ?? 0,
      businessHours,
      awayMessage,
      autoReply,
      mailSignature,
      voice,
      defaultTeamId,
      assignment,
      defaultAssigneeId,
      lastTest: lastTestOf(row),
    };
  });
}

function lastFour(secret: string): string {
  return secret.length >= 12 ? secret.slice(-4) : "";
}
