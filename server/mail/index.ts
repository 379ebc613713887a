export { canonicalEmail, isOwn } from "./addresses.ts";
export { mailLimits } from "./limits.ts";
export type { MailPayload } from "./mail-payload.ts";
export { mailPart } from "./mail-part.ts";
export { mailOfMedia, rawMailKey } from "./media-id.ts";
export { ownMessageId, ownMessageOf, replyAddress } from "./message-ids.ts";
export { createRoom } from "./reading-room.ts";
export { parseMail } from "./parse-mail.ts";
export type { ReadMail } from "./read-mail.ts";
export { readMail } from "./read-mail.ts";
export { composeFromParts, composeOutgoing, headersIn, mailOf, threadHeaders } from "./compose-mail.ts";
export { bracketed, type MailEvent, type MailEventKind, meaningOf } from "./mail-event.ts";
export { fieldText, type FormFields, readForm } from "./read-form.ts";
export {
  mailKeysFor,
  mailKeysOf,
  ownOf,
  replyToOf,
  type Sender,
  senderFields,
  senderOf,
  senderShape,
} from "./sender.ts";
