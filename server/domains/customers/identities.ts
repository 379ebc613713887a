import { and, eq, inArray, ne } from "drizzle-orm";
import { customerIdentities, customers } from "#db/schema/customers.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { canonicalPhone, phoneVariants } from "#server/core/phones.ts";
import { changeCustomer } from "./customer-changed.ts";
import type { AddIdentityInput, HolderInput, IdentityInput, writtenKinds } from "./schemas.ts";
import { addIdentityInput, holderInput, identityInput } from "./schemas.ts";
import { countryOf } from "./tenant-country.ts";

type Kind = (typeof writtenKinds)[number];
export interface Written {
  kind: Kind;
  value: string;
  raw: string;
}

const email = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]{2,}$/;

/** The canonical value of what a person wrote, or a refusal beside `field`. */
export async function readIdentity(ctx: Ctx, tx: TenantTx, kind: Kind, raw: string, field: string): Promise<Written> {
  if (kind === "phone") {
    const value = canonicalPhone(raw, await countryOf(ctx, tx));
    if (!value) throw invalid({ [field]: "invalid_phone" });
    return { kind, value, raw };
  }
  const value = raw.trim().toLowerCase();
  if (kind === "handle") return { kind, value: value.replace(/^@/, ""), raw };
  if (!email.test(value)) throw invalid({ [field]: "invalid_email" });
  return { kind, value, raw };
}

/** Gives a customer identities; one that another customer holds alone is refused beside its field. */
export async function insertIdentities(
  ctx: Ctx,
  tx: TenantTx,
  customerId: string,
  written: (Written & { field: string; isPrimary: boolean })[],
): Promise<void> {
  for (const { field, isPrimary, kind, value, raw } of written) {
    const holder = await holding(ctx, tx, kind, value);
    if (holder) throw invalid({ [field]: holder.id === customerId ? "identity_known" : "identity_taken" });
    const made = await tx
      .insert(customerIdentities)
      .values({ tenantId: ctx.tenantId, id: newId(), customerId, kind, value, raw, isPrimary, source: "manual" })
      .onConflictDoNothing()
      .returning({ id: customerIdentities.id });
    // Somebody else took it between the look and the insert.
    if (made.length === 0) throw invalid({ [field]: "identity_taken" });
  }
}

async function holding(
  ctx: Ctx,
  tx: TenantTx,
  kind: Kind,
  value: string,
): Promise<{ id: string; name: string } | null> {
  const values = kind === "phone" ? phoneVariants(value) : [value];
  const [holder] = await tx
    .select({ id: customers.id, name: customers.displayName })
    .from(customerIdentities)
    .innerJoin(
      customers,
      and(eq(customers.tenantId, customerIdentities.tenantId), eq(customers.id, customerIdentities.customerId)),
    )
    .where(
      and(
        eq(customerIdentities.tenantId, ctx.tenantId),
        eq(customerIdentities.kind, kind),
        inArray(customerIdentities.value, values),
        eq(customerIdentities.shared, false),
      ),
    )
    .limit(1);
  return holder ?? null;
}

/** Who is known by this phone, email or handle, in any spelling; for the link beside a refused field. */
export async function holderOf(ctx: Ctx, input: HolderInput): Promise<{ id: string; name: string } | null> {
  const { kind, value } = holderInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const written = await readIdentity(ctx, tx, kind, value, "value");
    return holding(ctx, tx, kind, written.value);
  });
}

/** Adds a phone, email or handle; the first of its kind becomes the primary one. */
export async function addIdentity(ctx: Ctx, input: AddIdentityInput): Promise<void> {
  const { customerId, kind, value } = addIdentityInput.parse(input);
  await changeCustomer(ctx, customerId, async (tx) => {
    const written = await readIdentity(ctx, tx, kind, value, "value");
    const [same] = await tx
      .select({ id: customerIdentities.id })
      .from(customerIdentities)
      .where(
        and(
          eq(customerIdentities.tenantId, ctx.tenantId),
          eq(customerIdentities.customerId, customerId),
          eq(customerIdentities.kind, kind),
        ),
      )
      .limit(1);
    await insertIdentities(ctx, tx, customerId, [{ ...written, field: "value", isPrimary: !same }]);
    return { action: "add_identity", data: { kind, value: written.value } };
  });
}

/** Takes an identity away: what comes in under it will be somebody new. */
export async function removeIdentity(ctx: Ctx, input: IdentityInput): Promise<void> {
  const { customerId, identityId } = identityInput.parse(input);
  await changeCustomer(ctx, customerId, async (tx) => {
    const [gone] = await tx
      .delete(customerIdentities)
      .where(ofCustomer(ctx, customerId, identityId))
      .returning({ kind: customerIdentities.kind, value: customerIdentities.value });
    if (!gone) throw notFound();
    return { action: "remove_identity", data: gone };
  });
}

/** Makes an identity the one that the customer's phone or email shows. */
export async function makeIdentityPrimary(ctx: Ctx, input: IdentityInput): Promise<void> {
  const { customerId, identityId } = identityInput.parse(input);
  await changeCustomer(ctx, customerId, async (tx) => {
    const [chosen] = await tx
      .select()
      .from(customerIdentities)
      .where(ofCustomer(ctx, customerId, identityId));
    if (!chosen) throw notFound();
    if (chosen.isPrimary) return null;
    const sameKind = and(
      eq(customerIdentities.tenantId, ctx.tenantId),
      eq(customerIdentities.customerId, customerId),
      eq(customerIdentities.kind, chosen.kind),
    );
    await tx
      .update(customerIdentities)
      .set({ isPrimary: false })
      .where(and(sameKind, ne(customerIdentities.id, identityId)));
    await tx
      .update(customerIdentities)
      .set({ isPrimary: true })
      .where(ofCustomer(ctx, customerId, identityId));
    return { action: "primary_identity", data: { kind: chosen.kind, value: chosen.value } };
  });
}

const ofCustomer = (ctx: Ctx, customerId: string, identityId: string) =>
  and(
    eq(customerIdentities.tenantId, ctx.tenantId),
    eq(customerIdentities.customerId, customerId),
    eq(customerIdentities.id, identityId),
  );
