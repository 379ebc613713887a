import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { channelAccess } from "#server/domains/channels/index.ts";
import type { AssistantClient, ChannelAccess } from "#server/providers/contract.ts";
import { providerNamed } from "#server/providers/registry.ts";

/** The channel, opened, and how its provider is spoken to of voice agents. `not_configured` where it has none. */
export async function openAssistant(
  ctx: Ctx,
  channelId: string,
): Promise<{ access: ChannelAccess & { webhookUrl: string }; client: AssistantClient }> {
  const access = await channelAccess(ctx, channelId);
  const client = providerNamed(access.provider)?.assistant;
  if (!client) throw new DomainError("not_configured", "no_voice_agent");
  if (!access.configured) throw new DomainError("not_configured");
  return { access, client };
}
