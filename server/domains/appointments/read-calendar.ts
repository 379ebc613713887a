import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { readWeeks, workingTime } from "#server/domains/scheduling/index.ts";
import { rowJoins } from "./appointment-rows.ts";
import type { Calendar, CalendarAppointment, CalendarInput } from "./schemas.ts";
import { calendarInput } from "./schemas.ts";

const dayMs = 86_400_000;
/** More than anybody reads on a calendar: six weeks of forty people who take four a day. */
const most = 5_000;

/** What a calendar shows between two instants: appointments, when members work, and when they are off. One round trip. */
export async function readCalendar(ctx: Ctx, input: CalendarInput): Promise<Calendar> {
  const { from, until, userId } = calendarInput.parse(input);
  return withTenant(ctx, async (tx) => {
    // None lasts longer than a day.
    const params = [ctx.tenantId, new Date(from.getTime() - dayMs), until, from, userId ?? null];
    const [appointments, { timezone, members }] = await Promise.all([
      tx.raw.unsafe<CalendarAppointment[]>(statement, params as never[], { prepare: true }),
      readWeeks(tx, { from, until }),
    ]);
    const shown = members.filter((member) => userId === undefined || member.userId === userId);
    const busy = new Set(appointments.map((appointment) => appointment.userId));
    return {
      timezone,
      appointments: [...appointments],
      open: shown.flatMap((member) =>
        workingTime(member.week, from.getTime(), until.getTime()).map(([starts, ends]) => ({
          userId: member.userId,
          startsAt: new Date(starts),
          endsAt: new Date(ends),
        })),
      ),
      off: shown.flatMap((member) => member.off.map((stretch) => ({ userId: member.userId, ...stretch }))),
      members: members
        .filter((member) => member.offers || busy.has(member.userId))
        .map((member) => ({ userId: member.userId, name: member.name })),
    };
  });
}

const statement = `
  select a.id, a.starts_at as "startsAt", a.ends_at as "endsAt", a.status, a.user_id as "userId", p.display_name as "userName",
         a.service_id as "serviceId", s.name as "serviceName", a.customer_id as "customerId", c.display_name as "customerName"
    from (select * from appointments
           where tenant_id = $1 and starts_at >= $2::timestamptz and starts_at < $3::timestamptz and ends_at > $4::timestamptz
             and status in ('confirmed', 'completed', 'no_show') and ($5::uuid is null or user_id = $5::uuid)
           order by starts_at, id limit ${most}) a ${rowJoins}
   order by a.starts_at, a.id`;
