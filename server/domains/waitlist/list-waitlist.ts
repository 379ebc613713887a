import { cursorOf, placeOf } from "#db/keyset.ts";
import { waitlistStatuses } from "#db/schema/waitlist.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import type { ListWaitlistInput, OfferStatus, WaitlistRow } from "./schemas.ts";
import { listWaitlistInput } from "./schemas.ts";

const perPage = 50;

/** Who waits, in the order in which they are asked; or who waited once, the last first. One round trip a page. */
export async function listWaitlist(
  ctx: Ctx,
  input: ListWaitlistInput,
): Promise<{ rows: WaitlistRow[]; next: string | null }> {
  const { status, after } = listWaitlistInput.parse(input);
  const place = after === undefined ? null : placeOf(after);
  const at = place ? Number(place.value) : null;
  if ((after !== undefined && !place) || (at !== null && !Number.isSafeInteger(at)))
    throw invalid({ after: "invalid" });
  const params = [ctx.tenantId, ...(place ? [new Date(at!), place.id] : [])];
  const statement = status === "waiting" ? waiting(place !== null) : done(place !== null);
  const found = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<FoundRow[]>(statement, params as never[], { prepare: true }),
  );
  const rows = found.slice(0, perPage).map(rowOf);
  const last = found.length > perPage ? rows.at(-1) : undefined;
  return { rows, next: last ? cursorOf(last.createdAt, last.id) : null };
}

interface FoundRow extends Omit<WaitlistRow, "offer"> {
  offerStatus: OfferStatus | null;
  offerReason: string | null;
  offerStartsAt: Date;
  offerExpiresAt: Date;
  offerConversationId: string | null;
  offerUserName: string | null;
}

function rowOf(found: FoundRow): WaitlistRow {
  const {
    offerStatus: status,
    offerReason,
    offerStartsAt,
    offerExpiresAt,
    offerConversationId,
    offerUserName,
    ...row
  } = found;
  const offer = status && {
    status,
    reason: offerReason,
    startsAt: offerStartsAt,
    expiresAt: offerExpiresAt,
    conversationId: offerConversationId,
    userName: offerUserName ?? "",
  };
  return { ...row, offer };
}

const beyond = (way: "<" | ">") => `and (created_at, id) ${way} ($2::timestamptz, $3::uuid)`;

function waiting(further: boolean): string {
  const first = `where tenant_id = $1 and status = 'waiting' ${further ? beyond(">") : ""}`;
  return page(`select * from waitlist_entries ${first}`, "created_at, id");
}

/** Each way of being done is looked up in the order of the index, and what they bring is put together. */
function done(further: boolean): string {
  const order = "created_at desc, id desc";
  const each = over.map(
    (status) =>
      `(select * from waitlist_entries where tenant_id = $1 and status = '${status}' ${further ? beyond("<") : ""} order by ${order} limit ${perPage + 1})`,
  );
  return page(`select * from (${each.join(" union all ")}) one`, order);
}
const over = waitlistStatuses.filter((status) => status !== "waiting");

/** A page of entries, with what is shown of each looked up beside it. */
function page(entries: string, order: string): string {
  return `
  select entry.id, entry.status,
         entry.customer_id as "customerId", customer.display_name as "customerName", customer.phone as "customerPhone",
         customer.email as "customerEmail", entry.service_id as "serviceId", service.name as "serviceName", entry.user_id as "userId",
         member.display_name as "userName", entry.from_at as from, entry.until_at as until, entry.source, entry.created_at as "createdAt",
         entry.appointment_id as "appointmentId", latest.status as "offerStatus", latest.reason as "offerReason",
         latest.starts_at as "offerStartsAt", latest.expires_at as "offerExpiresAt", latest.conversation_id as "offerConversationId",
         latest.display_name as "offerUserName"
    from (${entries} order by ${order} limit ${perPage + 1}) entry
   cross join lateral (select * from customers where tenant_id = $1 and id = entry.customer_id offset 0) customer
   cross join lateral (select * from services where tenant_id = $1 and id = entry.service_id offset 0) service
    left join user_profiles member on member.tenant_id = $1 and member.user_id = entry.user_id
    left join lateral (
      select one.status, one.reason, one.starts_at, one.expires_at, one.conversation_id, giver.display_name
        from waitlist_offers one
        left join user_profiles giver on giver.tenant_id = $1 and giver.user_id = one.user_id
       where one.tenant_id = $1 and one.entry_id = entry.id order by one.id desc limit 1) latest on true
   order by ${order.replaceAll(/(created_at|id)/g, "entry.$1")}`;
}
