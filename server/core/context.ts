import type { Clock } from "./clock.ts";
import { systemClock } from "./clock.ts";

export const roles = ["owner", "admin", "manager", "agent"] as const;
export type Role = (typeof roles)[number];

/** Who acts. Every caller of a verb is one of these, so that pages, webhooks and jobs share one path. */
export type Actor =
  | { type: "member"; userId: string; role: Role }
  | { type: "webhook"; channelId: string }
  | { type: "job"; name: string }
  | RuleActor
  | { type: "system" };

/** A rule of the business itself: what it does is done in its name, and is known by where it began. */
export interface RuleActor {
  type: "rule";
  ruleId: string;
  name: string;
  /** The fact that began the chain of rules, and how many of them lie before this one. */
  originId: string;
  depth: number;
}

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

/** What a line of a timeline keeps of the rule whose doing it is: its name at the time. */
export function ruleMark(ctx: Ctx): { rule?: string } {
  return ctx.actor.type === "rule" ? { rule: ctx.actor.name } : {};
}

export function contextFor(tenantId: string, actor: Actor, clock: Clock = systemClock): Ctx {
  return { tenantId, actor, clock };
}

/** The member's user id, or null when a webhook, a rule, a job or the system acts. */
export function memberId(ctx: Ctx): string | null {
  return ctx.actor.type === "member" ? ctx.actor.userId : null;
}
