import { sendToAddress, sendToAddressInput } from "#server/domains/conversations/index.ts";
import { memberProcedure, router } from "#server/trpc/init.ts";
import { channelDetail, channelList, channelMade, channelTest, messageSent, nothing } from "./answers.ts";
import { deleteChannel } from "./delete-channel.ts";
import { resumeSending } from "./block-sending.ts";
import { enableChannel } from "./enable-channel.ts";
import { getChannel } from "./get-channel.ts";
import { beginChannel, connectChannel, describeProviders } from "./jobs.ts";
import { listChannels } from "./list-channels.ts";
import { saveAutoReply } from "./save-auto-reply.ts";
import { saveBusinessHours } from "./save-business-hours.ts";
import { saveMailSignature } from "./save-mail-signature.ts";
import { saveVoice } from "./save-voice.ts";
import {
  channelRef,
  connectChannelInput,
  createChannelInput,
  enableChannelInput,
  saveAutoReplyInput,
  saveBusinessHoursInput,
  saveMailSignatureInput,
  saveVoiceInput,
  testChannelInput,
  updateChannelInput,
} from "./schemas.ts";
import { testChannel } from "./test-channel.ts";
import { updateChannel } from "./update-channel.ts";
import { revealVerifyToken, webhookAddress } from "./webhook-address.ts";

const reading = memberProcedure("channels.read");
const writing = memberProcedure("channels.write");
const replying = memberProcedure("conversations.reply");

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
/** A procedure's place in the REST API. */
const rest = (method: Method, path: `/${string}`, summary: string) => ({
  openapi: {
    method,
    path: `/channels${path === "/" ? "" : path}` as const,
    summary,
    tags: ["channels"],
    protect: true,
  },
});

/** Settings › Channels. No answer carries a secret, but `revealVerifyToken`, which is asked for by a press. */
export const channelsRouter = router({
  list: reading
    .meta(rest("GET", "/", "Every channel with its health"))
    .output(channelList)
    .query(({ ctx }) => listChannels(ctx.verb)),
  get: writing
    .meta(rest("GET", "/{channelId}", "One channel with its settings; secrets by their last four characters"))
    .input(channelRef)
    .output(channelDetail)
    .query(({ ctx, input }) => getChannel(ctx.verb, input)),
  providers: writing.query(() => describeProviders()),
  address: writing.input(channelRef).query(({ ctx, input }) => webhookAddress(ctx.verb, input)),
  create: writing
    .meta(rest("POST", "/", "Begin a channel of a provider"))
    .input(createChannelInput)
    .output(channelMade)
    .mutation(({ ctx, input }) => beginChannel(ctx.verb, input)),
  connect: writing
    .meta(rest("PUT", "/{channelId}/credentials", "Save credentials; a secret left out is kept"))
    .input(connectChannelInput)
    .output(nothing)
    .mutation(({ ctx, input }) => connectChannel(ctx.verb, input)),
  update: writing
    .meta(rest("PATCH", "/{channelId}", "Change name and rules"))
    .input(updateChannelInput)
    .output(nothing)
    .mutation(({ ctx, input }) => updateChannel(ctx.verb, input)),
  enable: writing
    .meta(rest("PUT", "/{channelId}/enabled", "Switch on or off"))
    .input(enableChannelInput)
    .output(nothing)
    .mutation(({ ctx, input }) => enableChannel(ctx.verb, input)),
  delete: writing
    .meta(rest("DELETE", "/{channelId}", "Delete a channel that never had a conversation"))
    .input(channelRef)
    .output(nothing)
    .mutation(({ ctx, input }) => deleteChannel(ctx.verb, input)),
  saveBusinessHours: writing
    .meta(rest("PUT", "/{channelId}/business-hours", "Opening hours and away message"))
    .input(saveBusinessHoursInput)
    .output(nothing)
    .mutation(({ ctx, input }) => saveBusinessHours(ctx.verb, input)),
  saveAutoReply: writing.input(saveAutoReplyInput).mutation(({ ctx, input }) => saveAutoReply(ctx.verb, input)),
  saveMailSignature: writing
    .input(saveMailSignatureInput)
    .mutation(({ ctx, input }) => saveMailSignature(ctx.verb, input)),
  saveVoice: writing.input(saveVoiceInput).mutation(({ ctx, input }) => saveVoice(ctx.verb, input)),
  resumeSending: writing
    .meta(rest("POST", "/{channelId}/resume-sending", "Try again what a refusal of the credentials stopped"))
    .input(channelRef)
    .output(nothing)
    .mutation(({ ctx, input }) => resumeSending(ctx.verb, input)),
  test: writing
    .meta(rest("POST", "/{channelId}/test", "Run the checklist, and send a test message where `sendTo` is given"))
    .input(testChannelInput)
    .output(channelTest)
    .mutation(({ ctx, input }) => testChannel(ctx.verb, input)),
  send: replying
    .meta(rest("POST", "/{channelId}/messages", "Write to an address; the same idempotency key writes once"))
    .input(sendToAddressInput)
    .output(messageSent)
    .mutation(({ ctx, input }) => sendToAddress(ctx.verb, input)),
  revealVerifyToken: writing.input(channelRef).mutation(({ ctx, input }) => revealVerifyToken(ctx.verb, input)),
});
