import { demoPassword } from "#db/seed/demo-password.ts";
import { publicProcedure, router, signedInProcedure } from "#server/trpc/init.ts";
import { changePassword } from "./change-password.ts";
import { demoAccounts } from "./demo-accounts.ts";
import { lookAtReset, resetPassword } from "./reset-password.ts";
import { changePasswordInput, linkToken, resetPasswordInput, sessionInput, signInInput } from "./schemas.ts";
import { blankCookie, listSessions } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { signOut, signOutEverywhere, signOutOther } from "./sign-out.ts";

export const authRouter = router({
  signIn: publicProcedure.input(signInInput).mutation(async ({ ctx, input }) => {
    const { userId, cookie } = await signIn({ ...ctx.client, sessionHash: ctx.viewer?.sessionHash }, ctx.clock, input);
    ctx.setCookie(cookie);
    return { userId };
  }),
  signOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.viewer) await signOut(ctx.viewer, ctx.clock);
    ctx.setCookie(blankCookie());
  }),
  signOutEverywhere: signedInProcedure.mutation(async ({ ctx }) => {
    await signOutEverywhere(ctx.viewer, ctx.clock);
    ctx.setCookie(blankCookie());
  }),
  sessions: signedInProcedure.query(async ({ ctx }) => {
    const open = await listSessions(ctx.viewer.userId, ctx.clock.now());
    return open.map((session) => ({ ...session, current: session.hash === ctx.viewer.sessionHash }));
  }),
  endSession: signedInProcedure
    .input(sessionInput)
    .mutation(({ ctx, input }) => signOutOther(ctx.viewer, input.hash, ctx.clock)),
  changePassword: signedInProcedure
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword({ ...ctx.viewer, address: ctx.client.address }, input, ctx.clock)),
  lookAtReset: publicProcedure
    .input(linkToken)
    .query(({ ctx, input }) => lookAtReset(ctx.client.address, input.token, ctx.clock)),
  resetPassword: publicProcedure.input(resetPasswordInput).mutation(async ({ ctx, input }) => {
    await resetPassword(ctx.client.address, input, ctx.clock);
    ctx.setCookie(blankCookie());
  }),
  /** The demo's sign-ins, for the sign-in page to fill in; empty where the program runs for real. */
  demoAccounts: publicProcedure.query(async () => {
    const accounts = await demoAccounts();
    return { accounts, password: accounts.length > 0 ? demoPassword : "" };
  }),
});
