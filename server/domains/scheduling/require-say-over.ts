import { allows } from "#server/auth/permissions.ts";
import type { Ctx } from "#server/core/context.ts";
import { forbidden } from "#server/core/errors.ts";

/** Members have their say over their own time; over a colleague's, those who may arrange the business's appointments. */
export function requireSayOver({ actor }: Ctx, userId: string): void {
  if (actor.type !== "member" || actor.userId === userId) return;
  if (!allows(actor.role, "appointments.configure")) throw forbidden();
}
