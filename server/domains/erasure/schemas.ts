import { z } from "zod";

export const erasureInput = z.object({ customerId: z.uuid() });
export type ErasureInput = z.infer<typeof erasureInput>;
