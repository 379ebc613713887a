import type { Clock } from "./clock.ts";
import { systemClock } from "./clock.ts";

export const roles = ["owner", "admin", "manager", "agent"] as const;
export type Role = (typeof roles)[number];

/** Who acts. Every caller of a verb is one of these, so that pages, webhooks and jobs share one path. */
export type Actor =
  | { type: "member"; userId: string; role: Role }
  | { type: "webhook"; channelId: string }
  | { type: "job"; name: string }
  | { type: "system" };

/**
 * What a verb is given first: the tenant it works in, who acts, and the time. `tx` is set by
 * `withTenant` so that verbs called inside one another share one transaction.
 */
export interface Ctx {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly tx?: unknown;
}

export function contextFor(tenantId: string, actor: Actor, clock: Clock = systemClock): Ctx {
  return { tenantId, actor, clock };
}

/** The member's user id, or null when a webhook, a job or the system acts. */
export function memberId(ctx: Ctx): string | null {
  return ctx.actor.type === "member" ? ctx.actor.userId : null;
}
