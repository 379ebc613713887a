import { sql } from "drizzle-orm";

/** A message about an appointment that a bare answer in its conversation is to. Instants as JSON has them. */
export interface OpenAppointment {
  /** Of the row of `appointment_messages`. */
  id: string;
  askedAt: string;
  /** Until when an answer counts. */
  until: string;
}

/**
 * In SQL, of a row of conversations: the message about an appointment that its next message may answer, null where there is none. It
 * is the last that we said there, its appointment is still to take place, and the customer's only one. Where none was sent lately,
 * that is all there is to know, and no other table is read.
 */
export const openAppointmentSql = (thread: string) =>
  sql.raw(`case when ${thread}.appointment_until is not null then (
    select jsonb_build_object('id', told.id, 'askedAt', told.sent_at, 'until', told.answerable_until)
      from appointment_messages told
      join appointments appointment on appointment.tenant_id = told.tenant_id and appointment.id = told.appointment_id
     where told.tenant_id = ${thread}.tenant_id and told.conversation_id = ${thread}.id and told.sent_at = ${thread}.last_outbound_at
       and told.answerable_until is not null and appointment.status = 'confirmed'
       and not exists (select from appointments other
                        where other.tenant_id = told.tenant_id and other.customer_id = appointment.customer_id
                          and other.status = 'confirmed' and other.starts_at > told.sent_at and other.id <> appointment.id)
     limit 1) end`);
