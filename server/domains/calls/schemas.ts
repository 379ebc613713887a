import { z } from "zod";

export const callRef = z.object({ callId: z.uuid() });
export type CallRef = z.infer<typeof callRef>;
