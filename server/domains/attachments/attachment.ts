import { attachments } from "#db/schema/attachments.ts";
import { shownAs } from "./shown-types.ts";

/** What a page needs of a file. Its bytes are at `/t/<tenant>/files/<id>` once it is `stored`. */
export const attachmentColumns = {
  id: attachments.id,
  messageId: attachments.messageId,
  callId: attachments.callId,
  kind: attachments.kind,
  status: attachments.status,
  reason: attachments.reason,
  fileName: attachments.fileName,
  mimeType: attachments.mimeType,
  bytes: attachments.bytes,
  width: attachments.width,
  height: attachments.height,
  inline: attachments.inline,
  contentId: attachments.contentId,
};

type Columns = keyof typeof attachmentColumns;

export interface Attachment extends Pick<typeof attachments.$inferSelect, Columns> {
  /** How a browser may show it; `file` is only offered for download. */
  shownAs: "image" | "audio" | "video" | "file";
}

export function shown(row: Pick<typeof attachments.$inferSelect, Columns>): Attachment {
  return { ...row, shownAs: shownAs(row.mimeType) };
}
