import { centsOf } from "../customers/cents-of.ts";
import { instantOf } from "../tickets/due-time.ts";

/** What is no amount, date or number is asked of the procedure as such, which refuses it beside its field. */
const nothing = new Date(Number.NaN);

/** What a form of a prospect says, as the procedures take it; what is empty is cleared. Times are by the clock of the business. */
export function factsIn(values: Record<string, string>, timeZone: string) {
  const { interest = "", propertyType = "", place = "", notes = "", ownerId, nextFollowUpAt } = values;
  const amount = (name: string) => (values[name] ? (centsOf(values[name]) ?? Number.NaN) : null);
  return {
    interest,
    propertyType,
    place,
    notes,
    budgetMinCents: amount("budgetMinCents"),
    budgetMaxCents: amount("budgetMaxCents"),
    ownerId: ownerId || null,
    nextFollowUpAt: nextFollowUpAt ? (instantOf(nextFollowUpAt, timeZone) ?? nothing) : null,
  };
}
