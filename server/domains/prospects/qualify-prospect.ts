import { and, desc, eq, inArray } from "drizzle-orm";
import { openProspectStatuses, prospects } from "#db/schema/prospects.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid, notFound } from "#server/core/errors.ts";
import { findOrCreateCustomer, lockCustomer } from "#server/domains/customers/index.ts";
import { insertProspect, linkCall } from "./insert-prospect.ts";
import type { Prospect } from "./lock-prospect.ts";
import { isOpen, onwardFrom, qualifiedSince } from "./onward.ts";
import { recordEvents } from "./record-events.ts";
import { remindAt } from "./remind-at.ts";
import { requireLinks } from "./require-links.ts";
import type { QualifyInput } from "./schemas.ts";
import { qualifyInput } from "./schemas.ts";

type Wanted = ReturnType<typeof qualifyInput.parse>;
/** The call that it is learnt in. */
interface OnCall {
  customerId: string | null;
  conversationId: string | null;
  prospectId: string | null;
}
export interface Qualified {
  prospectId: string;
  created: boolean;
  /** 0 to 100. */
  score: number;
}

/**
 * Keeps what a voice agent learnt of what a caller looks for. Said again in the same call, it adds to the same prospect; a caller
 * who is one already, and still open, stays that one. The same twice changes nothing. Facts that are not said stay as they are.
 */
export async function qualifyProspect(ctx: Ctx, input: QualifyInput): Promise<Qualified> {
  const wanted = qualifyInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    await requireLinks(tx, wanted);
    const call = wanted.callId ? await lockCall(tx, wanted.callId) : null;
    const customerId = await whoIsIt(inner, wanted, call);
    await lockCustomer(tx, customerId);
    const known = await findKnown(tx, customerId, call);
    if (!known) return create(inner, tx, { wanted, call, customerId });
    if (wanted.callId && known.id !== call?.prospectId) await linkCall(tx, wanted.callId, known.id);
    return { prospectId: known.id, created: false, score: await learn(inner, tx, known, wanted) };
  });
}

/** Two functions of one call wait for each other. */
async function lockCall(tx: TenantTx, callId: string): Promise<OnCall> {
  await tx.raw.unsafe("select pg_advisory_xact_lock(hashtextextended('prospect of ' || $1::text, 0))", [callId]);
  const [call] = await tx.raw.unsafe<OnCall[]>(
    `select customer_id as "customerId", conversation_id as "conversationId", prospect_id as "prospectId"
       from call_logs where tenant_id = $1 and id = $2::uuid`,
    [tx.tenantId, callId],
    { prepare: true },
  );
  if (!call) throw notFound();
  return call;
}

async function whoIsIt(ctx: Ctx, { customerId, customer }: Wanted, call: OnCall | null): Promise<string> {
  if (customerId) return customerId;
  if (customer) return (await findOrCreateCustomer(ctx, customer)).customerId;
  if (!call?.customerId) throw invalid({ customerId: "required" });
  return call.customerId;
}

/** The prospect of this call, else the newest of theirs that is open. */
async function findKnown(tx: TenantTx, customerId: string, call: OnCall | null): Promise<Prospect | undefined> {
  const theirs = and(eq(prospects.tenantId, tx.tenantId), eq(prospects.customerId, customerId));
  if (call?.prospectId) {
    const [same] = await tx
      .select()
      .from(prospects)
      .where(and(theirs, eq(prospects.id, call.prospectId)))
      .for("update");
    if (same) return same;
  }
  const [open] = await tx
    .select()
    .from(prospects)
    .where(and(theirs, inArray(prospects.status, [...openProspectStatuses])))
    .orderBy(desc(prospects.createdAt), desc(prospects.id))
    .limit(1)
    .for("update");
  return open;
}

async function create(
  ctx: Ctx,
  tx: TenantTx,
  { wanted, call, customerId }: { wanted: Wanted; call: OnCall | null; customerId: string },
): Promise<Qualified> {
  const { callId, followUpAt = null } = wanted;
  const made = await insertProspect(ctx, tx, {
    ...factsOf(wanted),
    customerId,
    source: "voice_agent",
    status: wanted.status ?? (followUpAt ? "follow_up" : "new"),
    nextFollowUpAt: followUpAt,
    qualificationNotes: wanted.notes ?? "",
    conversationId: wanted.conversationId ?? call?.conversationId ?? null,
    callId: callId ?? null,
  });
  await recordEvents(ctx, made, [{ type: "created", data: { source: made.source, to: made.status } }]);
  return { prospectId: made.id, created: true, score: made.score };
}

/** Adds what is new to a prospect that is known; answers its score. */
async function learn(ctx: Ctx, tx: TenantTx, known: Prospect, wanted: Wanted): Promise<number> {
  const now = ctx.clock.now();
  const status = statusAfter(known, wanted);
  const learnt: Partial<Prospect> = {
    ...factsOf(wanted),
    ...budgetAfter(known, wanted),
    ...(wanted.followUpAt && isOpen(known.status) ? { nextFollowUpAt: wanted.followUpAt } : {}),
    ...(wanted.notes ? { qualificationNotes: joined(known.qualificationNotes, wanted.notes) } : {}),
    ...(status === known.status
      ? {}
      : { status, statusAt: now, qualifiedAt: qualifiedSince(known.qualifiedAt, status, now) }),
  };
  const changed = changedFields(known, learnt);
  if (changed.length === 0) return known.score;
  const next = { ...known, ...learnt };
  const [kept] = await tx
    .update(prospects)
    .set({ ...learnt, remindAt: remindAt(next, now), updatedAt: now })
    .where(and(eq(prospects.tenantId, ctx.tenantId), eq(prospects.id, known.id)))
    .returning({ score: prospects.score });
  const moved = status === known.status ? {} : { from: known.status, to: status };
  await recordEvents(ctx, known, [{ type: "qualified_by_agent", data: { fields: changed, ...moved } }]);
  return kept!.score;
}

/** What the agent says, where it may be said of this one; whoever is to be called again and was new is followed up. */
function statusAfter({ status }: Prospect, wanted: Wanted): Prospect["status"] {
  const said = wanted.status ?? (wanted.followUpAt && status === "new" ? "follow_up" : status);
  return isOpen(status) && onwardFrom(status).includes(said) ? said : status;
}

function factsOf({ interest, propertyType, place, budgetMinCents, budgetMaxCents, score }: Wanted): Partial<Prospect> {
  const facts = {
    interest,
    propertyType,
    place,
    budgetMinCents,
    budgetMaxCents,
    ...(score === undefined ? {} : { givenScore: score, givenBy: "voice_agent" as const }),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== ""));
}

/** One end that is said now puts away the other, said before, where both cannot be. */
function budgetAfter(known: Prospect, { budgetMinCents, budgetMaxCents }: Wanted): Partial<Prospect> {
  const [least, most] = [budgetMinCents ?? known.budgetMinCents, budgetMaxCents ?? known.budgetMaxCents];
  if (least === null || most === null || least <= most) return {};
  return typeof budgetMinCents === "number" ? { budgetMaxCents: null } : { budgetMinCents: null };
}

/** What was said before stays above what is said now, as far as there is room; nothing is written twice. */
function joined(before: string, now: string): string {
  if (before.includes(now)) return before;
  return (before ? `${before}\n${now}` : now).slice(-4_000);
}

function changedFields(known: Prospect, learnt: Partial<Prospect>): string[] {
  const plain = (value: unknown) => (value instanceof Date ? value.getTime() : value);
  return (Object.keys(learnt) as (keyof Prospect)[]).filter(
    (field) => !["statusAt", "qualifiedAt", "givenBy"].includes(field) && plain(known[field]) !== plain(learnt[field]),
  );
}
