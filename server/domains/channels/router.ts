import { memberProcedure, router } from "#server/trpc/init.ts";
import { deleteChannel } from "./delete-channel.ts";
import { resumeSending } from "./block-sending.ts";
import { enableChannel } from "./enable-channel.ts";
import { getChannel } from "./get-channel.ts";
import { beginChannel, connectChannel, describeProviders } from "./jobs.ts";
import { listChannels } from "./list-channels.ts";
import { saveAutoReply } from "./save-auto-reply.ts";
import { saveBusinessHours } from "./save-business-hours.ts";
import { saveVoice } from "./save-voice.ts";
import {
  channelRef,
  connectChannelInput,
  createChannelInput,
  enableChannelInput,
  saveAutoReplyInput,
  saveBusinessHoursInput,
  saveVoiceInput,
  switchTemplatesInput,
  testChannelInput,
  updateChannelInput,
} from "./schemas.ts";
import { switchTemplates } from "./switch-templates.ts";
import { testChannel } from "./test-channel.ts";
import { updateChannel } from "./update-channel.ts";
import { revealVerifyToken, webhookAddress } from "./webhook-address.ts";

const reading = memberProcedure("channels.read");
const writing = memberProcedure("channels.write");

/** Settings › Channels. No answer carries a secret, but `revealVerifyToken`, which is asked for by a press. */
export const channelsRouter = router({
  list: reading.query(({ ctx }) => listChannels(ctx.verb)),
  get: writing.input(channelRef).query(({ ctx, input }) => getChannel(ctx.verb, input)),
  providers: writing.query(() => describeProviders()),
  address: writing.input(channelRef).query(({ ctx, input }) => webhookAddress(ctx.verb, input)),
  create: writing.input(createChannelInput).mutation(({ ctx, input }) => beginChannel(ctx.verb, input)),
  connect: writing.input(connectChannelInput).mutation(({ ctx, input }) => connectChannel(ctx.verb, input)),
  update: writing.input(updateChannelInput).mutation(({ ctx, input }) => updateChannel(ctx.verb, input)),
  enable: writing.input(enableChannelInput).mutation(({ ctx, input }) => enableChannel(ctx.verb, input)),
  delete: writing.input(channelRef).mutation(({ ctx, input }) => deleteChannel(ctx.verb, input)),
  saveBusinessHours: writing
    .input(saveBusinessHoursInput)
    .mutation(({ ctx, input }) => saveBusinessHours(ctx.verb, input)),
  switchTemplates: writing.input(switchTemplatesInput).mutation(({ ctx, input }) => switchTemplates(ctx.verb, input)),
  saveAutoReply: writing.input(saveAutoReplyInput).mutation(({ ctx, input }) => saveAutoReply(ctx.verb, input)),
  saveVoice: writing.input(saveVoiceInput).mutation(({ ctx, input }) => saveVoice(ctx.verb, input)),
  resumeSending: writing.input(channelRef).mutation(({ ctx, input }) => resumeSending(ctx.verb, input)),
  test: writing.input(testChannelInput).mutation(({ ctx, input }) => testChannel(ctx.verb, input)),
  revealVerifyToken: writing.input(channelRef).mutation(({ ctx, input }) => revealVerifyToken(ctx.verb, input)),
});
