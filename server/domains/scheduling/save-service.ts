import { and, count, eq, inArray, isNull, ne } from "drizzle-orm";
import { serviceMembers, services } from "#db/schema/scheduling.ts";
import { memberships, tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, invalid, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { schedulingChanged } from "./scheduling-changed.ts";
import type { ArchiveServiceInput, CreateServiceInput, UpdateServiceInput } from "./schemas.ts";
import { archiveServiceInput, createServiceInput, updateServiceInput } from "./schemas.ts";

const mostServices = 200;

/** Begins to offer a service, at prices in the business's currency. A name in use is refused beside its field. */
export async function createService(ctx: Ctx, input: CreateServiceInput): Promise<{ serviceId: string }> {
  const { memberIds, ...fields } = createServiceInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const serviceId = newId();
    const at = ctx.clock.now();
    await requireRoom(tx);
    await refuseTakenName(tx, { id: serviceId, name: fields.name });
    const [tenant] = await tx.select({ currency: tenants.currency }).from(tenants).where(eq(tenants.id, ctx.tenantId));
    const dates = { createdAt: at, updatedAt: at };
    await tx.insert(services).values({ ...fields, ...tenant, ...dates, tenantId: ctx.tenantId, id: serviceId });
    await offeredBy(tx, serviceId, memberIds);
    const data = { ...fields, memberIds };
    await schedulingChanged({ ...ctx, tx }, { ...entryOf(serviceId, "create"), data });
    return { serviceId };
  });
}

/** Changes what a service is or who offers it. What is booked stays as it was booked. */
export async function updateService(ctx: Ctx, input: UpdateServiceInput): Promise<void> {
  const { serviceId, memberIds, ...fields } = updateServiceInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const { name, archivedAt } = await lockService(tx, serviceId);
    if (fields.name !== undefined && !archivedAt) await refuseTakenName(tx, { id: serviceId, name: fields.name });
    await tx
      .update(services)
      .set({ ...fields, updatedAt: ctx.clock.now() })
      .where(ofId(tx, serviceId));
    if (memberIds) {
      await tx
        .delete(serviceMembers)
        .where(and(eq(serviceMembers.tenantId, ctx.tenantId), eq(serviceMembers.serviceId, serviceId)));
      await offeredBy(tx, serviceId, memberIds);
    }
    const data = { name, ...fields, ...(memberIds ? { memberIds } : {}) };
    await schedulingChanged({ ...ctx, tx }, { ...entryOf(serviceId, "update"), data });
  });
}

/** Offers a service no longer, or again. Its appointments remain either way. */
export async function archiveService(ctx: Ctx, input: ArchiveServiceInput): Promise<void> {
  const { serviceId, archived } = archiveServiceInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const { name, archivedAt } = await lockService(tx, serviceId);
    if (archived === Boolean(archivedAt)) return;
    if (!archived) await refuseTakenName(tx, { id: serviceId, name });
    const at = ctx.clock.now();
    await tx
      .update(services)
      .set({ archivedAt: archived ? at : null, updatedAt: at })
      .where(ofId(tx, serviceId));
    const entry = entryOf(serviceId, archived ? "archive" : "restore");
    await schedulingChanged({ ...ctx, tx }, { ...entry, data: { name } });
  });
}

const entryOf = (serviceId: string, verb: string) => ({
  action: `service.${verb}`,
  entityType: "service",
  entityId: serviceId,
});

const ofId = (tx: TenantTx, serviceId: string) => and(eq(services.tenantId, tx.tenantId), eq(services.id, serviceId));

async function lockService(tx: TenantTx, serviceId: string) {
  const { name, archivedAt } = services;
  const [service] = await tx.select({ name, archivedAt }).from(services).where(ofId(tx, serviceId)).for("update");
  if (!service) throw notFound();
  return service;
}

async function offeredBy(tx: TenantTx, serviceId: string, memberIds: readonly string[]): Promise<void> {
  const ids = [...new Set(memberIds)];
  if (ids.length === 0) return;
  const active = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(
      and(eq(memberships.tenantId, tx.tenantId), inArray(memberships.userId, ids), eq(memberships.status, "active")),
    );
  if (active.length < ids.length) throw invalid({ memberIds: "not_active_member" });
  await tx.insert(serviceMembers).values(ids.map((userId) => ({ tenantId: tx.tenantId, serviceId, userId })));
}

async function refuseTakenName(tx: TenantTx, { id, name }: { id: string; name: string }): Promise<void> {
  const [taken] = await tx
    .select({ id: services.id })
    .from(services)
    .where(
      and(
        eq(services.tenantId, tx.tenantId),
        eq(services.name, name),
        ne(services.id, id),
        isNull(services.archivedAt),
      ),
    );
  if (taken) throw new DomainError("conflict", "service_name_taken", { fields: { name: "service_name_taken" } });
}

async function requireRoom(tx: TenantTx): Promise<void> {
  const [row] = await tx.select({ kept: count() }).from(services).where(eq(services.tenantId, tx.tenantId));
  if ((row?.kept ?? 0) >= mostServices) throw new DomainError("conflict", "too_many_services");
}
