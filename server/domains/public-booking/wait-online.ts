import { Temporal } from "temporal-polyfill";
import { withTenant } from "#db/tenant.ts";
import { DomainError } from "#server/core/errors.ts";
import { joinWaitlist } from "#server/domains/waitlist/index.ts";
import { answerEvenly } from "./answer-evenly.ts";
import { contactsIn, countTries, tryFrom } from "./count-tries.ts";
import { refusePrograms } from "./form-stamp.ts";
import { requireOnline } from "./open-booking.ts";
import type { WaitOnlineInput } from "./schemas.ts";
import { waitOnlineInput } from "./schemas.ts";
import type { Visitor } from "./visitor.ts";
import { enterBusiness } from "./visitor.ts";

/** Puts a visitor on the list of those who are told when a time becomes free on some days; refused like a booking. */
export async function waitOnline(visitor: Visitor, input: WaitOnlineInput): Promise<void> {
  const wanted = waitOnlineInput.parse(input);
  const { serviceId, userId, displayName, phone, email } = wanted;
  const ctx = await enterBusiness(visitor, wanted.slug);
  refusePrograms(ctx, wanted);
  await countTries(ctx, [tryFrom("book", visitor.address), ...contactsIn(wanted)]);
  const { page } = await withTenant(ctx, (tx) => requireOnline(ctx, tx, serviceId));
  const midnight = (day: string, more = 0) =>
    new Date(Temporal.PlainDate.from(day).add({ days: more }).toZonedDateTime(page.timezone).epochMilliseconds);
  const days = { from: midnight(wanted.from), until: midnight(wanted.until, 1) };
  const who = { customer: { displayName, phone, email }, source: "web" as const };
  await answerEvenly(() => joinWaitlist(ctx, { serviceId, memberId: userId ?? null, ...days, ...who })).catch(worded);
}

/** How many waits somebody has is not told to whoever names them. */
function worded(error: unknown): never {
  const many = error instanceof DomainError && error.reason === "too_many_waits";
  throw many ? new DomainError("rate_limited", "too_many_bookings") : error;
}
