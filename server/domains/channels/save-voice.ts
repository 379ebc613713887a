import { and, eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import { changeChannel } from "./change-channel.ts";
import type { SaveVoiceInput } from "./schemas.ts";

/** What becomes of a call that comes in; null leaves it to the provider. The voice agent must be a channel of the tenant, with a number to ring. */
export async function saveVoice(ctx: Ctx, { channelId, voice }: SaveVoiceInput): Promise<void> {
  const agent = voice?.handling === "voice_agent" ? voice.voiceChannelId : null;
  await withTenant(ctx, async (tx) => {
    if (agent) {
      const [known] = await tx
        .select({ number: channelConfigurations.displayPhoneNumber })
        .from(channelConfigurations)
        .where(and(eq(channelConfigurations.id, agent), eq(channelConfigurations.channelType, "phone")));
      if (!known || agent === channelId) throw invalid({ "voice.voiceChannelId": "not_a_voice_agent" });
      if (!known.number) throw invalid({ "voice.voiceChannelId": "agent_without_number" });
    }
    await changeChannel({ ...ctx, tx }, channelId, "channel.save_voice", { voice });
  });
}
