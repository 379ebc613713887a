import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { BookedService } from "#server/domains/scheduling/index.ts";
import { NotFree } from "./slot-taken.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Further than a block reaches to either side of its appointment's start: a day of service, a day of buffer. */
const reachMs = 3 * dayMs;

/** A member's time that an appointment takes, its service's buffers included. */
export interface Block {
  userId: string;
  startsAt: Date;
  endsAt: Date;
  blockedFrom: Date;
  blockedUntil: Date;
}

/** The time that an appointment takes: as long as its service, unless it ends at another time. */
export function blockOf(
  service: Pick<BookedService, "durationMinutes" | "bufferBeforeMinutes" | "bufferAfterMinutes">,
  { userId, startsAt, endsAt: given }: { userId: string; startsAt: Date; endsAt?: Date | undefined },
): Block {
  const endsAt = given ?? new Date(startsAt.getTime() + service.durationMinutes * minuteMs);
  return {
    userId,
    startsAt,
    endsAt,
    blockedFrom: new Date(startsAt.getTime() - service.bufferBeforeMinutes * minuteMs),
    blockedUntil: new Date(endsAt.getTime() + service.bufferAfterMinutes * minuteMs),
  };
}

/**
 * Until the transaction ends, nobody else books these members on these days (of UTC); two blocks that overlap have a day in
 * common. Locks are taken in one order. What was held there for too long is given up, `except` for the hold that is being
 * booked: nobody else has come for it.
 */
export async function lockDays(
  tx: TenantTx,
  blocks: readonly Block[],
  { now, except }: { now: Date; except?: string | undefined },
): Promise<void> {
  const names = blocks.flatMap(({ userId, blockedFrom, blockedUntil }) =>
    daysOf(blockedFrom, blockedUntil).map((day) => ({ name: `appointments ${tx.tenantId} ${userId} ${day}` })),
  );
  const times = blocks.map(({ userId, blockedFrom, blockedUntil }) => ({ user_id: userId, blockedFrom, blockedUntil }));
  await Promise.all([
    tx.execute(sql`
      select pg_advisory_xact_lock(key)
        from (select distinct hashtextextended(name, 0) as key from jsonb_to_recordset(${jsonRows(names)}::jsonb) as named (name text)
               order by 1) keys`),
    tx.execute(sql`
      delete from appointments held
       using jsonb_to_recordset(${jsonRows(times)}::jsonb) as block (user_id uuid, "blockedFrom" timestamptz, "blockedUntil" timestamptz)
       where held.tenant_id = ${tx.tenantId} and held.status = 'held' and held.held_until <= ${now.toISOString()}::timestamptz
         and held.user_id = block.user_id and held.blocked_from < block."blockedUntil" and held.blocked_until > block."blockedFrom"
         and held.id is distinct from ${except ?? null}::uuid`),
  ]);
}

function daysOf(from: Date, until: Date): number[] {
  const first = Math.floor(from.getTime() / dayMs);
  const last = Math.floor(until.getTime() / dayMs);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/**
 * The lowest seat that is free for a block, under {@link lockDays}. Throws {@link NotFree} where the member is in another
 * service or at another time meanwhile, or the service is full. `except`: the appointment that is being moved.
 */
export async function freeSeat(
  tx: TenantTx,
  block: Block,
  { serviceId, capacity, except }: { serviceId: string; capacity: number; except?: string | undefined },
): Promise<number> {
  const met = await tx.raw.unsafe<{ seat: number; shares: boolean }[]>(
    meetingStatement,
    [
      tx.tenantId,
      block.userId,
      new Date(block.startsAt.getTime() - reachMs),
      new Date(block.startsAt.getTime() + reachMs),
      block.blockedFrom,
      block.blockedUntil,
      serviceId,
      block.startsAt,
      except ?? null,
    ] as never[],
    { prepare: true },
  );
  const taken = new Set(met.map(({ seat }) => seat));
  const seat = Array.from({ length: capacity }, (_, index) => index + 1).find((one) => !taken.has(one));
  if (seat === undefined || met.length >= capacity || met.some(({ shares }) => !shares)) throw new NotFree();
  return seat;
}

const meetingStatement = `
  select seat, service_id = $7::uuid and starts_at = $8::timestamptz as shares from appointments
   where tenant_id = $1 and user_id = $2::uuid and starts_at between $3::timestamptz and $4::timestamptz
     and status in ('held', 'confirmed') and blocked_from < $6::timestamptz and blocked_until > $5::timestamptz
     and id is distinct from $9::uuid`;
