import { z } from "zod";

/** Platforms that an account is connected from by signing in there. */
export const platforms = ["instagram", "whatsapp"] as const;
export type Platform = (typeof platforms)[number];

export const connectionRef = z.object({ connectionId: z.uuid() });
export type ConnectionRef = z.infer<typeof connectionRef>;

export const beginSignInInput = z.object({
  platform: z.enum(platforms),
  /** The channel whose token is to come from it. */
  channelId: z.uuid().nullish(),
});
export type BeginSignInInput = z.infer<typeof beginSignInInput>;

/** What the platform sends the browser back with. */
export const finishSignInInput = z.object({
  platform: z.enum(platforms),
  state: z.string().min(1).max(300),
  code: z.string().min(1).max(4000).nullish(),
  error: z.string().max(300).nullish(),
});
export type FinishSignInInput = z.infer<typeof finishSignInInput>;

/** One of several accounts that a sign-in opened. */
export const chooseAccountInput = connectionRef.extend({ accountId: z.string().min(1).max(100) });
export type ChooseAccountInput = z.infer<typeof chooseAccountInput>;
