import { type SQL, sql } from "drizzle-orm";

/** An appointment as it stands beside whoever it is with: on a customer's page, beside a thread, a ticket or a call. */
export interface AppointmentBeside {
  id: string;
  startsAt: Date;
  endsAt: Date;
  status: "confirmed" | "cancelled" | "completed" | "no_show";
  serviceName: string;
  memberName: string;
}

/** As a statement brings it: instants in words. */
export type RawAppointmentBeside = Omit<AppointmentBeside, "startsAt" | "endsAt"> & {
  startsAt: string;
  endsAt: string;
};

/** Of those to come, and of those that were. */
const most = 3;

/**
 * A column: the next appointments of a customer and the last ones, by time, in the statement that reads the page anyway. What
 * was moved elsewhere or is only held is left out.
 */
export function appointmentsBeside(tenantId: SQL, customerId: SQL, now: Date): SQL<RawAppointmentBeside[]> {
  const instant = now.toISOString();
  const own = sql`a.tenant_id = ${tenantId} and a.customer_id = ${customerId} and a.status not in ('held', 'rescheduled')`;
  return sql<RawAppointmentBeside[]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
             'id', a.id, 'startsAt', a.starts_at, 'endsAt', a.ends_at, 'status', a.status,
             'serviceName', (select name from services where tenant_id = a.tenant_id and id = a.service_id),
             'memberName', (select display_name from user_profiles where tenant_id = a.tenant_id and user_id = a.user_id))
           order by a.starts_at), '[]')
      from ((select * from appointments a where ${own} and a.ends_at >= ${instant}::timestamptz and a.starts_at >= ${instant}::timestamptz - interval '1 day'
              order by a.starts_at limit ${sql.raw(String(most))})
            union all
            (select * from appointments a where ${own} and a.ends_at < ${instant}::timestamptz and a.starts_at < ${instant}::timestamptz
              order by a.starts_at desc limit ${sql.raw(String(most))})) a)`;
}

export function readAppointments(rows: readonly RawAppointmentBeside[]): AppointmentBeside[] {
  return rows.map((row) => ({ ...row, startsAt: new Date(row.startsAt), endsAt: new Date(row.endsAt) }));
}
