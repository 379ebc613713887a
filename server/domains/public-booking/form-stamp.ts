import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { isSignature, signatureOf } from "./signing-key.ts";

/** Nobody fills a form faster. */
const leastMs = 2_000;

/** Of a form that is opened now: what tells later that it was there for a while. */
export function stampForm({ tenantId, clock }: Ctx): string {
  const openedAt = clock.now().getTime().toString(36);
  return `${openedAt}.${signatureOf("form", `${tenantId}/${openedAt}`)}`;
}

/** Refuses what a program filled: faster than a hand, without having opened it, or with a field that nobody sees. */
export function refusePrograms({ tenantId, clock }: Ctx, { stamp, website }: { stamp: string; website: string }): void {
  const [openedAt = "", signature = ""] = stamp.split(".");
  const ours = isSignature("form", `${tenantId}/${openedAt}`, signature);
  const filledMs = clock.now().getTime() - Number.parseInt(openedAt, 36);
  if (!ours || filledMs < leastMs || website !== "") throw new DomainError("invalid", "looks_automatic");
}
