export type { Attachment } from "./attachment.ts";
export { attachmentsOf } from "./attachments-of.ts";
export { copyFiles } from "./copy-files.ts";
export { keepMediaRefs, type NamedFiles } from "./keep-media-refs.ts";
export { filesOfTicket, type NoteFile } from "./files-of-ticket.ts";
export { linkNoteUploads, linkUploads, requireUploads } from "./link-uploads.ts";
export { recordingsOf } from "./recordings-of.ts";
export { outboundFiles } from "./outbound-files.ts";
