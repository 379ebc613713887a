import { publish } from "#db/live.ts";
import type { calendarFailures } from "#db/schema/calendar-feeds.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { FileAnswer } from "#server/providers/fetch-file.ts";
import { fetchFile } from "#server/providers/fetch-file.ts";
import { busyStretches } from "./busy-stretches.ts";
import type { Stretch } from "./calendar-times.ts";
import { openFor } from "./secrets.ts";
import { Unreadable } from "./unreadable.ts";

const [minuteMs, dayMs] = [60_000, 86_400_000];
/** Milliseconds until a calendar is read again, where it could be read and where not. */
const again = { read: 15 * minuteMs, failed: 30 * minuteMs };
/** As far as anything can be booked, and a little more. */
const aheadDays = 370;
const mostBytes = 5 * 1_048_576;
const timeoutMs = 15_000;

type Failure = (typeof calendarFailures)[number];

/**
 * Reads a member's calendar elsewhere and keeps when they are busy. One that cannot be read keeps what was known, and since when it
 * fails. Does nothing where it is not due: somebody else reads it; nor for a member who left.
 */
export async function readBusyCalendar(ctx: Ctx, calendarId: string): Promise<void> {
  const calendar = await claim(ctx, calendarId);
  if (!calendar) return;
  const address = openFor("busy_calendar", { tenantId: ctx.tenantId, id: calendarId }, calendar.addressSealed);
  const answer = await fetchFile(address, { provider: null, mostBytes, timeoutMs });
  const read = await busyIn(answer, calendar.timezone, ctx.clock.now().getTime());
  await (typeof read === "string" ? keepFailure(ctx, calendar, read) : keepStretches(ctx, calendar, read));
}

interface Claimed {
  id: string;
  userId: string;
  addressSealed: string;
  timezone: string;
}

/** Whoever moves its time on reads it. */
async function claim(ctx: Ctx, calendarId: string): Promise<Claimed | undefined> {
  const now = ctx.clock.now();
  const [claimed] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<(Claimed & { isActive: boolean })[]>(
      `update busy_calendars c set due_at = $4::timestamptz
        where tenant_id = $1 and id = $2::uuid and due_at <= $3::timestamptz
        returning c.id, c.user_id as "userId", c.address_sealed as "addressSealed",
          coalesce((select h.timezone from member_hours h where h.tenant_id = $1 and h.user_id = c.user_id),
                   (select t.timezone from tenants t where t.id = $1)) as timezone,
          exists (select from memberships m where m.tenant_id = $1 and m.user_id = c.user_id and m.status = 'active') as "isActive"`,
      [ctx.tenantId, calendarId, now, new Date(now.getTime() + again.read)] as never[],
      { prepare: true },
    ),
  );
  return claimed?.isActive ? claimed : undefined;
}

async function busyIn(answer: FileAnswer, timezone: string, now: number): Promise<Stretch[] | Failure> {
  if (answer.kind !== "file") return failureOf(answer);
  try {
    const text = new TextDecoder().decode(answer.bytes);
    return await busyStretches(text, timezone, { from: now - dayMs, until: now + aheadDays * dayMs });
  } catch (error) {
    if (error instanceof Unreadable) return error.failure;
    throw error;
  }
}

function failureOf(answer: Exclude<FileAnswer, { kind: "file" }>): Failure {
  if (answer.kind === "too_large") return "too_large";
  if (answer.kind === "private") return "private_address";
  if (answer.kind !== "answered") return "unreachable";
  if (answer.status === 401 || answer.status === 403) return "refused";
  return answer.status === 404 || answer.status === 410 ? "not_found" : "unreachable";
}

/** What was connected in its place meanwhile is left alone, here and below. */
const isSame = "tenant_id = $1 and id = $2::uuid and address_sealed = $3";
const sameOf = (ctx: Ctx, { id, addressSealed }: Claimed) => [ctx.tenantId, id, addressSealed];

async function keepFailure(ctx: Ctx, calendar: Claimed, failure: Failure): Promise<void> {
  const now = ctx.clock.now();
  await withTenant(ctx, (tx) =>
    tx.raw.unsafe(
      `update busy_calendars set failure = $4, failed_since = coalesce(failed_since, $5::timestamptz), due_at = $6::timestamptz where ${isSame}`,
      [...sameOf(ctx, calendar), failure, now, new Date(now.getTime() + again.failed)] as never[],
    ),
  );
}

async function keepStretches(ctx: Ctx, calendar: Claimed, stretches: readonly Stretch[]): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const kept = await tx.raw.unsafe(
      `update busy_calendars set read_at = $4::timestamptz, failure = null, failed_since = null where ${isSame} returning id`,
      [...sameOf(ctx, calendar), ctx.clock.now()] as never[],
    );
    if (kept.length === 0) return;
    const changed = await tx.raw.unsafe<{ rows: number }[]>(replaceStatement, [
      ctx.tenantId,
      calendar.userId,
      stretches.map(([from]) => new Date(from).toISOString()),
      stretches.map(([, until]) => new Date(until).toISOString()),
    ] as never[]);
    if ((changed[0]?.rows ?? 0) > 0) tx.afterCommit(() => publish(ctx.tenantId, "appointments", "*"));
  });
}

/** Rows that stay as they are are not written. */
const replaceStatement = `
  with read as (select * from unnest($3::timestamptz[], $4::timestamptz[]) as one (starts_at, ends_at)),
  gone as (delete from busy_blocks b where tenant_id = $1 and user_id = $2::uuid
             and not exists (select from read where read.ends_at = b.ends_at) returning 1),
  kept as (insert into busy_blocks (tenant_id, user_id, starts_at, ends_at) select $1, $2::uuid, starts_at, ends_at from read
             on conflict (tenant_id, user_id, ends_at) do update set starts_at = excluded.starts_at
              where busy_blocks.starts_at <> excluded.starts_at returning 1)
  select ((select count(*) from gone) + (select count(*) from kept))::int as rows`;
