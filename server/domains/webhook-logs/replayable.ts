import type { WebhookReason } from "./ingest-posts.ts";

/** Nothing in these tells us whose they are or what they say. */
export const unreadableReasons: readonly WebhookReason[] = ["malformed", "too_large", "verify_token_mismatch"];
/** These are routed or verified again before anything comes of them: their reason stays with them. */
export const unverifiedReasons: readonly WebhookReason[] = [
  "signature_mismatch",
  "missing_signature",
  "not_configured",
  "stale",
  "unknown_account",
];

/** What a replay makes of an event, in SQL over `log` and its `channel`: `unchanged`, `refused` or `again`. */
export const replayFate = `case
  when log.status in ('processed', 'duplicate', 'received') then 'unchanged'
  when log.erased_at is not null or log.channel_id is null or log.reason in (${unreadableReasons.map((reason) => `'${reason}'`).join(", ")}) then 'refused'
  when log.reason = 'channel_paused' and not channel.enabled then 'refused'
  else 'again' end`;
