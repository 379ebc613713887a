import type { Ctx } from "#server/core/context.ts";
import { changeChannel } from "./change-channel.ts";
import type { SaveAutoReplyInput } from "./schemas.ts";

/** What is answered to a new conversation at once; empty answers nothing. */
export async function saveAutoReply(ctx: Ctx, { channelId, autoReply }: SaveAutoReplyInput): Promise<void> {
  await changeChannel(ctx, channelId, "channel.save_auto_reply", { autoReply: autoReply || null });
}
