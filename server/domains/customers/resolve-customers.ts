import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { ChannelType, PersonRef } from "#server/providers/contract.ts";
import { addIdentities } from "./add-identities.ts";
import { findHolders, ownerOf } from "./find-holders.ts";
import type { Person } from "./group-people.ts";
import { groupPeople, samenessOf } from "./group-people.ts";
import { nameCustomers, splitName } from "./name-customers.ts";

/** Somebody who wrote, as their provider names them. */
export interface NamedPerson {
  /** The caller's own name for this person. */
  key: string;
  person: PersonRef;
  channelType: ChannelType;
  occurredAt: Date;
}

export interface ResolvedCustomer {
  customerId: string;
  created: boolean;
  /** Several customers share the identity that named this one. */
  ambiguous: boolean;
}

/**
 * The customer behind each person; unknown people become customers (S1.6). Never two for one person,
 * however many processes resolve them at the same moment: who is unknown is looked for again under a
 * lock on each of their identities. Identities that arrive together are joined on one customer. A few
 * statements, whatever the number of people.
 */
export async function resolveCustomers(
  ctx: Ctx,
  named: readonly NamedPerson[],
): Promise<Map<string, ResolvedCustomer>> {
  const people = groupPeople(named);
  const newcomerOf = new Map(named.map((one) => [one.key, one]));
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const known = await matchPeople(inner, people);
    const unknown = people.filter((person) => !known.has(person));
    if (unknown.length > 0) {
      await lockIdentities(tx, unknown);
      for (const [person, customer] of await matchPeople(inner, unknown)) known.set(person, customer);
      const newcomers = unknown.filter((person) => !known.has(person));
      const created = await createCustomers(inner, tx, newcomers, (key) => newcomerOf.get(key)!);
      for (const [person, customerId] of created) known.set(person, { customerId, created: true, ambiguous: false });
    }
    return new Map(people.flatMap((person) => person.keys.map((key) => [key, known.get(person)!] as const)));
  });
}

/** Those of the people whom we know; what we learn about them on the way is kept. */
async function matchPeople(ctx: Ctx, people: readonly Person[]): Promise<Map<Person, ResolvedCustomer>> {
  const holders = await findHolders(ctx, people);
  const matched = people.flatMap((person) => {
    const owner = ownerOf(person, holders);
    return owner ? [{ person, ...owner }] : [];
  });
  // Of a shared number we do not know who wrote: nothing is learnt about the one it opens on.
  const sure = matched.filter(({ holder }) => !holder.shared);
  const learnt = sure.map(({ person, holder }) => ({
    customerId: holder.customerId,
    identities: person.identities.filter((identity) => !holders.has(samenessOf(identity))),
  }));
  await addIdentities(
    ctx,
    learnt.filter(({ identities }) => identities.length > 0),
  );
  await nameCustomers(
    ctx,
    sure.flatMap(({ person, holder }) =>
      holder.unnamed && person.name ? [{ customerId: holder.customerId, name: person.name }] : [],
    ),
  );
  return new Map(
    matched.map(({ person, holder, ambiguous }) => [
      person,
      { customerId: holder.customerId, created: false, ambiguous },
    ]),
  );
}

/** Until this transaction ends, nobody else creates these people. Locks are taken in one order. */
export async function lockIdentities(tx: TenantTx, people: readonly Person[]): Promise<void> {
  const names = people.flatMap((person) =>
    person.identities.map((identity) => ({ name: `${tx.tenantId} ${samenessOf(identity)}` })),
  );
  await tx.execute(sql`
    select pg_advisory_xact_lock(key)
      from (select distinct hashtextextended(name, 0) as key from jsonb_to_recordset(${jsonRows(names)}::jsonb) as named (name text)
             order by 1) keys`);
}

/** New customers with their identities and tags, in the tenant's language and country. */
async function createCustomers(
  ctx: Ctx,
  tx: TenantTx,
  people: readonly Person[],
  callOf: (key: string) => NamedPerson,
): Promise<Map<Person, string>> {
  const ids = new Map(people.map((person) => [person, newId()] as const));
  if (people.length === 0) return ids;
  const at = ctx.clock.now().toISOString();
  const rows = people.map((person) => {
    const { channelType } = callOf(person.keys[0]!);
    return {
      id: ids.get(person),
      channel: channelType,
      ...splitName(person.name),
      display_name: displayNameOf(person),
    };
  });
  await tx.execute(sql`
    with newcomer as (
      select * from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
        as newcomer (id uuid, channel text, display_name text, first_name text, last_name text)
    ), created as (
      insert into customers (tenant_id, id, display_name, first_name, last_name, source, segment, preferred_channel,
                             language, timezone, country, currency, created_at, updated_at)
      select tenant.id, newcomer.id, display_name, first_name, last_name, channel, 'prospect', channel,
             tenant.locale, tenant.timezone, tenant.country, tenant.currency, ${at}::timestamptz, ${at}::timestamptz
        from newcomer cross join tenants tenant
      returning tenant_id, id
    )
    insert into customer_tags (tenant_id, customer_id, tag)
    select created.tenant_id, created.id, tag
      from created join newcomer using (id)
      cross join unnest(array['auto-created', 'premier-contact', newcomer.channel]) as tag`);
  await addIdentities(
    ctx,
    people.map((person) => ({ customerId: ids.get(person)!, identities: person.identities })),
    { newCustomers: true },
  );
  tx.afterCommit(() => publish(ctx.tenantId, "customers", [...ids.values()]));
  return ids;
}

/** What people read where no name is known: the phone, else the handle or address, else an id. */
function displayNameOf(person: Person): string {
  if (person.name?.trim()) return person.name.trim().slice(0, 200);
  const shown = ["phone", "handle", "email"].map((kind) =>
    person.identities.find((identity) => identity.kind === kind),
  );
  return shown.find((identity) => identity !== undefined)?.value ?? person.identities[0]?.value ?? "?";
}
