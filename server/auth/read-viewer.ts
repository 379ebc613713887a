import { appPool } from "#db/tenant.ts";
import { digest } from "#server/core/crypto.ts";
import type { Role } from "#server/core/context.ts";
import { lucia } from "./auth-pool.ts";
import { blankCookie } from "./sessions.ts";
import type { Viewer, ViewerMembership } from "./viewer.ts";

/**
 * The person behind a request's cookies and where they may work, in one wait: the session and its
 * memberships are asked for side by side. A session in its second half is renewed, and so is its cookie;
 * one that has ended is forgotten by the browser.
 */
export async function readViewer(
  cookieHeader: string | undefined,
  setCookie: (cookie: string) => void,
): Promise<Viewer | null> {
  const sessionId = lucia().readSessionCookie(cookieHeader ?? "");
  if (!sessionId) return null;
  const sessionHash = digest(sessionId);
  const [{ session, user }, rows] = await Promise.all([
    lucia().validateSession(sessionId),
    appPool()<DoorRow[]>`select * from door.memberships_of_session(${sessionHash})`,
  ]);
  if (!session) {
    setCookie(blankCookie());
    return null;
  }
  if (session.fresh) setCookie(lucia().createSessionCookie(sessionId).serialize());
  const last = rows.find((row) => row.seen_last) ?? rows[0];
  return {
    userId: user.id,
    sessionHash,
    email: user.email,
    name: user.name,
    locale: last?.member_locale ?? user.locale,
    timezone: last?.member_timezone ?? null,
    theme: last?.theme ?? "system",
    memberships: rows.map(membershipOf),
    lastTenantSlug: rows.find((row) => row.seen_last)?.slug ?? null,
  };
}

interface DoorRow {
  tenant_id: string;
  slug: string;
  name: string;
  kind: "business" | "platform";
  timezone: string;
  locale: "fr" | "en";
  currency: string;
  demo: boolean;
  role: Role;
  display_name: string;
  member_locale: "fr" | "en" | null;
  member_timezone: string | null;
  theme: "system" | "light" | "dark";
  seen_last: boolean;
}

function membershipOf(row: DoorRow): ViewerMembership {
  return {
    tenantId: row.tenant_id,
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    timezone: row.timezone,
    locale: row.locale,
    currency: row.currency,
    demo: row.demo,
    role: row.role,
    displayName: row.display_name,
  };
}
