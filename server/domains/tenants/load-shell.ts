import { permissionsOf } from "#server/auth/permissions.ts";
import type { Permission } from "#server/auth/permissions.ts";
import type { Viewer, ViewerMembership } from "#server/auth/viewer.ts";
import { currentConfig } from "#server/core/config.ts";
import type { Ctx, Role } from "#server/core/context.ts";
import type { WorkCounts } from "./count-work.ts";
import { countWork } from "./count-work.ts";

/** What every page of a tenant shows around itself. */
export interface Shell {
  tenant: {
    slug: string;
    name: string;
    kind: "business" | "platform";
    timezone: string;
    locale: "fr" | "en";
    currency: string;
    demo: boolean;
  };
  /** Where the person may go, this tenant included. */
  tenants: { slug: string; name: string }[];
  member: {
    userId: string;
    name: string;
    email: string;
    role: Role;
    permissions: Permission[];
    locale: "fr" | "en" | null;
    /** The one that times are shown in where the member prefers it to the tenant's. */
    timezone: string | null;
    theme: "system" | "light" | "dark";
  };
  counts: WorkCounts;
  simulator: boolean;
}

/** Everything but the counts came with the session: the shell costs one round trip. */
export async function loadShell(ctx: Ctx, viewer: Viewer, member: ViewerMembership): Promise<Shell> {
  const { slug, name, kind, timezone, locale, currency, demo, role, displayName } = member;
  return {
    tenant: { slug, name, kind, timezone, locale, currency, demo },
    tenants: viewer.memberships.map((membership) => ({ slug: membership.slug, name: membership.name })),
    member: {
      userId: viewer.userId,
      name: displayName,
      email: viewer.email,
      role,
      permissions: permissionsOf(role),
      locale: viewer.locale,
      timezone: viewer.timezone,
      theme: viewer.theme,
    },
    counts: await countWork(ctx),
    simulator: currentConfig().simulator,
  };
}
