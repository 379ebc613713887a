import { newId } from "#server/core/ids.ts";
import { callLogs } from "../schema/calls.ts";
import { conversations } from "../schema/conversations.ts";
import { prospectEvents, prospects } from "../schema/prospects.ts";
import type { TenantTx } from "../tenant.ts";
import type { DemoBusiness, DemoProspect } from "./shape.ts";
import type { SeededBusiness } from "./write-business.ts";
import type { SeededCustomer } from "./write-customers.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** Who may buy, with how each came to stand where it does. */
export async function writeProspects(
  tx: TenantTx,
  { prospects: demo = [], currency }: DemoBusiness,
  { memberIds }: SeededBusiness,
  customers: ReadonlyMap<string, SeededCustomer>,
  now: Date,
): Promise<void> {
  if (demo.length === 0) return;
  const { tenantId } = tx;
  const threads = await tx.select({ id: conversations.id, customerId: conversations.customerId }).from(conversations);
  const threadOf = new Map(threads.map(({ id, customerId }) => [customerId, id]));
  const made = demo.map((one) => {
    const createdAt = new Date(now.getTime() - one.days * day - hour);
    const statusAt = one.status === "new" ? createdAt : new Date(createdAt.getTime() + Math.min(2, one.days) * day);
    const customerId = customers.get(one.customer)!.id;
    const nextFollowUpAt =
      one.followUpInHours === undefined ? null : new Date(now.getTime() + one.followUpInHours * hour);
    const row = {
      ...factsOf(one),
      tenantId,
      id: newId(createdAt.getTime()),
      customerId,
      currency,
      ownerId: one.owner ? memberIds.get(one.owner)! : null,
      statusAt,
      nextFollowUpAt,
      remindAt: one.owner && nextFollowUpAt && nextFollowUpAt > now ? nextFollowUpAt : null,
      conversationId: one.source === "conversation" ? (threadOf.get(customerId) ?? null) : null,
      qualifiedAt: one.status === "qualified" || one.status === "converted" ? statusAt : null,
      convertedAt: one.status === "converted" ? statusAt : null,
      createdBy: one.source === "voice_agent" ? null : (memberIds.get(one.owner ?? "") ?? null),
      createdAt,
      updatedAt: statusAt,
    };
    return { one, row };
  });
  await tx.insert(prospects).values(made.map(({ row }) => row));
  await tx.insert(prospectEvents).values(made.flatMap(({ one, row }) => eventsOf(one, row)));
  await linkCall(tx, made.find(({ one }) => one.source === "voice_agent")!.row);
}

const factsOf = ({ status, source, interest, propertyType, place, budget, givenScore, notes, said }: DemoProspect) => ({
  status,
  source,
  interest,
  propertyType: propertyType ?? "",
  place: place ?? "",
  budgetMinCents: budget?.[0] ?? null,
  budgetMaxCents: budget?.[1] ?? null,
  givenScore: givenScore ?? null,
  givenBy: givenScore === undefined ? null : ("voice_agent" as const),
  notes: notes ?? "",
  qualificationNotes: said ?? "",
});

interface Written {
  tenantId: string;
  id: string;
  ownerId: string | null;
  createdAt: Date;
  statusAt: Date;
}

function eventsOf({ source, status, why = "" }: DemoProspect, row: Written): (typeof prospectEvents.$inferInsert)[] {
  const { tenantId, id: prospectId, ownerId, createdAt, statusAt } = row;
  const event = (type: string, at: Date, data: Record<string, unknown>, reason = "") => {
    const byAgent = type === "created" && source === "voice_agent";
    const actor = byAgent ? { actorType: "webhook" } : { actorType: "member", actorId: ownerId };
    return { tenantId, id: newId(at.getTime()), prospectId, type, ...actor, reason, data, createdAt: at };
  };
  const created = event("created", createdAt, { source, to: "new" });
  if (status === "new") return [created];
  const type = status === "converted" ? "converted" : "status";
  return [created, event(type, statusAt, { from: "new", to: status }, why)];
}

/** The voice agent asked on the phone: the newest call that a thread of theirs holds, else none. */
async function linkCall(tx: TenantTx, { id, customerId }: { id: string; customerId: string }): Promise<void> {
  const calls = await tx.select({ id: callLogs.id, customerId: callLogs.customerId }).from(callLogs);
  const theirs = calls.find((call) => call.customerId === customerId);
  if (!theirs) return;
  await tx.raw`update call_logs set prospect_id = ${id} where tenant_id = ${tx.tenantId} and id = ${theirs.id}`;
  await tx.raw`update prospects set call_id = ${theirs.id} where tenant_id = ${tx.tenantId} and id = ${id}`;
}
