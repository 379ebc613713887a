import type { Refusal } from "#app/context.ts";

import { readSlot } from "./booking-address.ts";
import type { FreeSlot } from "./data.ts";

/** What is free instead, as a refusal names it. */
export function slotsIn({ fields }: Refusal): FreeSlot[] {
  const named = [fields["nextSlots"] ?? ""].flat().join(" ");
  return named.split(" ").flatMap((value) => readSlot(value) ?? []);
}

/** Why it was refused: the reason beside a field before the one of the whole. */
export function whyRefused({ reason, fields }: Refusal): string {
  const { nextSlots: _, ...reasons } = fields;
  return Object.values(reasons).flat()[0] ?? reason;
}
