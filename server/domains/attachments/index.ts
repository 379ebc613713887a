export type { Attachment } from "./attachment.ts";
export { attachmentsOf } from "./attachments-of.ts";
export { copyFiles } from "./copy-files.ts";
export { keepMediaRefs, type NamedFiles } from "./keep-media-refs.ts";
export { linkUploads } from "./link-uploads.ts";
export { recordingsOf } from "./recordings-of.ts";
export { outboundFiles } from "./outbound-files.ts";
