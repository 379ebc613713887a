import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import type { WantedSlot } from "#server/domains/scheduling/index.ts";
import { nextFreeSlots } from "#server/domains/scheduling/index.ts";
import type { FreeSlot } from "#server/domains/scheduling/schemas.ts";

/** The refusal of a time that is not free, with the next that are: `slots`, and for forms `fields.nextSlots`, as `<instant>/<member>` with spaces between. */
export class SlotTaken extends DomainError {
  readonly slots: readonly FreeSlot[];

  constructor(slots: readonly FreeSlot[], code: "conflict" | "invalid") {
    const nextSlots = slots.map(({ startsAt, userIds }) => `${startsAt.toISOString()}/${userIds[0]}`).join(" ");
    super(code, "slot_taken", { fields: { startsAt: "slot_taken", nextSlots } });
    this.slots = slots;
  }
}

/** Thrown inside the transaction, where a time turns out not to be free. */
export class NotFree extends Error {
  readonly code: "conflict" | "invalid";

  constructor(code: "conflict" | "invalid" = "conflict") {
    super("not free");
    this.code = code;
  }
}

/** Runs what takes a time; a refusal looks for other times once the locks are given back. */
export async function orNextSlots<T>(ctx: Ctx, wanted: WantedSlot, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof NotFree) throw new SlotTaken(await nextFreeSlots(ctx, wanted), error.code);
    throw error;
  }
}
