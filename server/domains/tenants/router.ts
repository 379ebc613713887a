import { rememberTenant, setupIsOpen, startSession } from "#server/auth/index.ts";
import { memberProcedure, publicProcedure, router } from "#server/trpc/init.ts";
import { loadShell } from "./load-shell.ts";
import { setUpInput, setupToken } from "./schemas.ts";
import { setUp } from "./set-up.ts";

/** What stands around every page of a tenant. */
export const shellRouter = router({
  load: memberProcedure("overview.read").query(async ({ ctx }) => {
    const { viewer, member, verb } = ctx;
    const [shell] = await Promise.all([
      loadShell(verb, viewer, member),
      viewer.lastTenantSlug === member.slug ? null : rememberTenant(viewer.sessionHash, member.tenantId),
    ]);
    return shell;
  }),
});

/** The first start on a real database, opened by the token printed at start. */
export const setupRouter = router({
  status: publicProcedure.input(setupToken).query(async ({ input }) => ({ open: await setupIsOpen(input.token) })),
  create: publicProcedure.input(setUpInput).mutation(async ({ ctx, input }) => {
    const { slug, person } = await setUp(input, ctx.clock);
    ctx.setCookie(await startSession(person.userId, ctx.client.userAgent, ctx.viewer?.sessionHash));
    return { slug };
  }),
});
