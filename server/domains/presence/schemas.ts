import { z } from "zod";

export const viewerStates = ["viewing", "typing", "gone"] as const;

export const tellViewingInput = z
  .object({
    conversationId: z.uuid().nullish(),
    ticketId: z.uuid().nullish(),
    state: z.enum(viewerStates),
  })
  .refine(({ conversationId, ticketId }) => Boolean(conversationId ?? ticketId), "required");
export type TellViewingInput = z.infer<typeof tellViewingInput>;

export const setAwayInput = z.object({ away: z.boolean() });
export type SetAwayInput = z.infer<typeof setAwayInput>;
