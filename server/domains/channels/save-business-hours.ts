import type { Ctx } from "#server/core/context.ts";
import { changeChannel } from "./change-channel.ts";
import type { SaveBusinessHoursInput } from "./schemas.ts";

/** When the counter behind a channel is open, and what is said to those who write while it is not. Null hours: always open. */
export async function saveBusinessHours(ctx: Ctx, input: SaveBusinessHoursInput): Promise<void> {
  const { channelId, businessHours, awayMessage } = input;
  await changeChannel(ctx, channelId, "channel.save_hours", { businessHours, awayMessage: awayMessage || null });
}
