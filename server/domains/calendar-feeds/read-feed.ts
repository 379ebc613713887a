import { and, eq } from "drizzle-orm";
import { calendarFeeds } from "#db/schema/calendar-feeds.ts";
import { memberships, tenants, userProfiles } from "#db/schema/tenants.ts";
import { appPool, withTenant } from "#db/tenant.ts";
import { countAttempt } from "#server/auth/index.ts";
import type { Clock } from "#server/core/clock.ts";
import { digest } from "#server/core/crypto.ts";
import { DomainError } from "#server/core/errors.ts";
import { readEntries } from "./appointment-entries.ts";
import { forMember } from "./appointment-ics.ts";
import type { ReadFeedInput } from "./schemas.ts";
import { readFeedInput } from "./schemas.ts";
import { writeCalendar } from "./write-calendar.ts";

const dayMs = 86_400_000;
/** How far a feed looks, in days, and how many appointments it shows at most. */
const [back, ahead, most] = [30, 366, 2_000];

export interface Feed {
  text: string;
  /** Changes when the text does. */
  tag: string;
}

/**
 * A member's appointments by the secret link of their feed, as text. `not_found` for a link that was never given, was renewed or taken back, or
 * whose member left. Tries are counted: those of links that lead nowhere against their address, the others against the link.
 */
export async function readFeed(address: string, input: ReadFeedInput, clock: Clock): Promise<Feed> {
  const { token } = readFeedInput.parse(input);
  const hash = digest(token);
  const now = clock.now();
  const [owner] = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.owner_of_token('calendar_feed', ${hash})`;
  await countAttempt({ address: owner ? `calendar ${hash}` : address }, now);
  if (!owner) throw new DomainError("not_found", "link_expired");
  const text = await withTenant({ tenantId: owner.tenant_id }, async (tx) => {
    const [feed] = await tx
      .select({
        userId: calendarFeeds.userId,
        namesCustomers: calendarFeeds.namesCustomers,
        member: userProfiles.displayName,
        business: tenants.name,
      })
      .from(calendarFeeds)
      .innerJoin(tenants, eq(tenants.id, calendarFeeds.tenantId))
      .innerJoin(
        memberships,
        and(
          eq(memberships.tenantId, calendarFeeds.tenantId),
          eq(memberships.userId, calendarFeeds.userId),
          eq(memberships.status, "active"),
        ),
      )
      .innerJoin(
        userProfiles,
        and(eq(userProfiles.tenantId, calendarFeeds.tenantId), eq(userProfiles.userId, calendarFeeds.userId)),
      )
      .where(and(eq(calendarFeeds.tenantId, tx.tenantId), eq(calendarFeeds.id, owner.id)));
    if (!feed) throw new DomainError("not_found", "link_expired");
    const found = await readEntries(
      tx,
      `user_id = $2::uuid and starts_at between $3::timestamptz and $4::timestamptz and status <> 'rescheduled'
         order by starts_at, id limit ${most}`,
      feed.userId,
      new Date(now.getTime() - back * dayMs),
      new Date(now.getTime() + ahead * dayMs),
    );
    return writeCalendar(
      found.map((one) => forMember(one, feed.namesCustomers)),
      `${feed.business} · ${feed.member}`,
    );
  });
  return { text, tag: digest(text).slice(0, 32) };
}
