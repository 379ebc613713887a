import type { Ctx } from "#server/core/context.ts";
import { changeChannel } from "./change-channel.ts";
import type { SaveMailSignatureInput } from "./schemas.ts";

/** What stands below every mail that members write; `{{agent.name}}` and `{{business.name}}` are filled in. Empty: nothing. */
export async function saveMailSignature(ctx: Ctx, { channelId, signature }: SaveMailSignatureInput): Promise<void> {
  await changeChannel(ctx, channelId, "channel.save_mail_signature", { mailSignature: signature || null });
}
