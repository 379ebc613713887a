import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";

const dayMs = 86_400_000;

/** Somebody who came by can be written down until the next day; nobody plans further than a year ahead. */
export function refuseFarTimes(ctx: Ctx, startsAt: Date): void {
  const ahead = startsAt.getTime() - ctx.clock.now().getTime();
  if (ahead < -dayMs) throw invalid({ startsAt: "in_the_past" });
  if (ahead > 366 * dayMs) throw invalid({ startsAt: "too_far_ahead" });
}
