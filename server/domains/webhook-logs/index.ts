export { countRejections, type DroppedEvents } from "./count-rejections.ts";
export { drainAtOnce, released } from "./drain.ts";
export { findChannelsByKey, type KeyedChannel } from "./find-channels-by-key.ts";
export { ingestPosts, keptRejections, type LoggedEvent, type LoggedPost, type WebhookReason } from "./ingest-posts.ts";
export { keptHeaders, keptPath } from "./kept-headers.ts";
export { keepRawMails } from "./keep-raw-mails.ts";
export { checkPost, type PostCheck } from "./verify-post.ts";
export { noteRefusal, noteVerification } from "./note-refusal.ts";
export { noteUnanswered } from "./note-unanswered.ts";
