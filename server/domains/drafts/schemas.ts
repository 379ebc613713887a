import { z } from "zod";

const id = z.uuid();

export const saveDraftInput = z.object({
  conversationId: id,
  text: z.string().max(20_000, "too_long"),
  /** Written for the team, not for the customer. */
  note: z.boolean().default(false),
  /** Uploads of the member's own that are to go along. */
  attachmentIds: z.array(id).max(20, "too_many_files").default([]),
});
export type SaveDraftInput = z.input<typeof saveDraftInput>;
