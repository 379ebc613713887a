import { memberProcedure, router } from "#server/trpc/init.ts";
import { deleteChannel } from "./delete-channel.ts";
import { enableChannel } from "./enable-channel.ts";
import { getChannel } from "./get-channel.ts";
import { beginChannel, connectChannel, describeProviders } from "./jobs.ts";
import { listChannels } from "./list-channels.ts";
import {
  channelRef,
  connectChannelInput,
  createChannelInput,
  enableChannelInput,
  updateChannelInput,
} from "./schemas.ts";
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
  test: writing.input(channelRef).mutation(({ ctx, input }) => testChannel(ctx.verb, input)),
  revealVerifyToken: writing.input(channelRef).mutation(({ ctx, input }) => revealVerifyToken(ctx.verb, input)),
});
