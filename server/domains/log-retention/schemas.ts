import { z } from "zod";
import { leastDays, mostDays } from "./terms.ts";

export const logRetentionInput = z.object({
  days: z.coerce.number().int("invalid_days").min(leastDays, "invalid_days").max(mostDays, "invalid_days"),
});
export type LogRetentionInput = z.infer<typeof logRetentionInput>;
