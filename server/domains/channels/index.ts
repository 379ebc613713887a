export { allowSending, blockSending } from "./block-sending.ts";
export { channelsLoseToken, channelsTakeToken, joinConnection } from "./channel-tokens.ts";
export { addBusinessTime, businessTimeBetween, evenDays, isOpenAt, minutesOf, nextOpening } from "./business-hours.ts";
export {
  beginChannel,
  channelAccess,
  connectChannel,
  openSimulatedChannels,
  openWithItsLike,
  type OpenChannel,
} from "./jobs.ts";
export { keepVerification } from "./last-verification.ts";
export { listChannels } from "./list-channels.ts";
export type { ChannelSummary } from "./channel-summary.ts";
export { recordChannelHealth, recordChannelRecovery, type ChannelHealthSign } from "./record-channel-health.ts";
export { releaseQueue } from "./queues.ts";
export { channelErrorReasons, mailboxReasons, type ChannelErrorReason } from "./schemas.ts";
