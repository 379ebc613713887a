import type { Role } from "#server/core/context.ts";

/** A tenant that the signed-in person works in. */
export interface ViewerMembership {
  tenantId: string;
  slug: string;
  name: string;
  kind: "business" | "platform";
  timezone: string;
  locale: "fr" | "en";
  currency: string;
  demo: boolean;
  role: Role;
  displayName: string;
}

/** The signed-in person behind a request. */
export interface Viewer {
  userId: string;
  /** SHA-256 of the session id, as stored. */
  sessionHash: string;
  email: string;
  name: string;
  locale: "fr" | "en" | null;
  /** The person's own time zone; null follows the tenant's. */
  timezone: string | null;
  theme: "system" | "light" | "dark";
  memberships: ViewerMembership[];
  lastTenantSlug: string | null;
}
