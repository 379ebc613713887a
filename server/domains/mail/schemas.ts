import { z } from "zod";

export const mailBodyInput = z.object({
  messageId: z.uuid(),
  /** Pictures of strangers too: their servers learn that and when the mail was read. */
  remoteImages: z.boolean().default(false),
});
export type MailBodyInput = z.input<typeof mailBodyInput>;
