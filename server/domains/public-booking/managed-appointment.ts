import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import type { BookingPage } from "./booking-page.ts";
import { readBookingPage } from "./booking-page.ts";
import { countTries, tryFrom } from "./count-tries.ts";
import { appointmentOf } from "./manage-link.ts";
import type { ManagedAppointment, ManagedInput } from "./schemas.ts";
import { managedInput } from "./schemas.ts";
import type { Visitor } from "./visitor.ts";
import { enterBusiness } from "./visitor.ts";

const minuteMs = 60_000;

/** What a link shows. Looking changes nothing: programs that scan mails follow links. */
export async function openManaged(visitor: Visitor, input: ManagedInput): Promise<ManagedAppointment> {
  const { managed } = await findManaged(visitor, managedInput.parse(input));
  return managed;
}

export interface Managed {
  ctx: Ctx;
  page: BookingPage;
  /** The newest row, whichever the link was made for. */
  appointmentId: string;
  userId: string;
  /** Of the service. */
  horizonDays: number;
  managed: ManagedAppointment;
}

/** The appointment of a link; `link_expired` where it is none of ours, or nobody's any more. Wrong ones are counted. */
export async function findManaged(visitor: Visitor, { slug, token }: ManagedInput): Promise<Managed> {
  const ctx = await enterBusiness(visitor, slug);
  const linked = appointmentOf(ctx.tenantId, token);
  const found = linked && (await withTenant(ctx, (tx) => read(ctx, tx, linked)));
  if (found) return found;
  await countTries(ctx, [tryFrom("wrong_link", visitor.address)]);
  throw new DomainError("not_found", "link_expired");
}

/** Refuses with `too_late_to_change` what only the business may still change. */
export function requireChangeable({ managed }: Managed): void {
  if (!managed.changeableUntil) throw new DomainError("conflict", "too_late_to_change");
}

interface Row extends Omit<ManagedAppointment, "business" | "bookable" | "moved" | "changeableUntil" | "movable"> {
  id: string;
  userId: string;
  horizonDays: number;
  archived: boolean;
  online: boolean;
}

async function read(ctx: Ctx, tx: TenantTx, linked: string): Promise<Managed | null> {
  const [page, [row]] = await Promise.all([
    readBookingPage(tx),
    tx.raw.unsafe<Row[]>(newestStatement, [tx.tenantId, linked], { prepare: true }),
  ]);
  if (!row) return null;
  const { id: appointmentId, userId, horizonDays, archived, online, ...shown } = row;
  const { enabled, ...business } = page;
  const until = new Date(row.startsAt.getTime() - business.changeNoticeMinutes * minuteMs);
  const changeable = row.status === "confirmed" && until > ctx.clock.now();
  const managed = {
    ...shown,
    business,
    bookable: enabled && online && !archived,
    moved: appointmentId !== linked,
    changeableUntil: changeable ? until : null,
    movable: changeable && !archived,
  };
  return { ctx, page, appointmentId, userId, horizonDays, managed };
}

/** Nobody moves one more often; a circle there cannot be, for each takes the place of an earlier one. */
const mostMoves = 200;
const newestStatement = `
  with recursive chain as (
    select id, 1 as depth from appointments where tenant_id = $1 and id = $2::uuid
    union all
    select newer.id, depth + 1
      from chain join appointments newer
        on newer.tenant_id = $1 and newer.rescheduled_from_id = chain.id and newer.rescheduled_from_id is not null
     where depth < ${mostMoves})
  select a.id, a.user_id as "userId", a.status, a.service_id as "serviceId", s.name as service, p.display_name as member,
         a.starts_at as "startsAt", a.ends_at as "endsAt", a.location, a.notes, s.price_cents as "priceCents", s.currency,
         s.horizon_days as "horizonDays", s.archived_at is not null as archived, s.online
    from (select id from chain order by depth desc limit 1) newest
    join appointments a on a.tenant_id = $1 and a.id = newest.id
    join services s on s.tenant_id = $1 and s.id = a.service_id
    join customers c on c.tenant_id = $1 and c.id = a.customer_id and c.erased_at is null
    join user_profiles p on p.tenant_id = $1 and p.user_id = a.user_id
   where a.status in ('confirmed', 'cancelled', 'completed', 'no_show')`;
