import type { Ctx } from "#server/core/context.ts";
import { changeChannel } from "./change-channel.ts";
import type { SwitchTemplatesInput } from "./schemas.ts";

/** Which automatic messages may leave through a channel (S2.1). One that was never switched is off. */
export async function switchTemplates(ctx: Ctx, { channelId, templates }: SwitchTemplatesInput): Promise<void> {
  await changeChannel(ctx, channelId, "channel.switch_templates", (row) => ({
    templates: { ...row.templates, ...templates },
  }));
}
