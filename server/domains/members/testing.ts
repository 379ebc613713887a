import type { TestBrowser } from "#server/auth/testing.ts";
import { authRouter } from "#server/auth/router.ts";
import { createCallerFactory, router } from "#server/trpc/init.ts";
import { invitationsRouter, membersRouter, profileRouter } from "./router.ts";

const callerOf = createCallerFactory(
  router({ auth: authRouter, invitations: invitationsRouter, members: membersRouter, profile: profileRouter }),
);

/** The procedures as one browser asks them, from a tenant's page or from none. */
export async function ask(browser: TestBrowser, tenantSlug: string | null = null) {
  return callerOf(await browser.request(tenantSlug));
}
