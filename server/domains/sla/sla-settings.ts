import type { BusinessHours } from "#db/schema/channels.ts";
import type { slaPolicies } from "#db/schema/sla.ts";
import type { BusinessDays } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";

export type SlaPolicy = Omit<typeof slaPolicies.$inferSelect, "tenantId" | "position" | "createdAt" | "updatedAt">;

/** What deadlines are reckoned by. */
export interface SlaSettings {
  /** IANA name of the tenant's zone. */
  zone: string;
  hours: BusinessHours;
  /** In the order in which they are tried; the one without conditions last. */
  policies: SlaPolicy[];
}

/** As {@link slaSettingsJson} answers it. */
export interface StoredSettings {
  zone: string;
  days: BusinessDays | null;
  closed: string[];
  policies: SlaPolicy[];
}

/** All of the settings as one value, to be asked along in a statement whose `$1` is the tenant. */
export const slaSettingsJson = `(
  select jsonb_build_object(
    'zone', tenant.timezone,
    'days', tenant.business_hours,
    'closed', (select coalesce(jsonb_agg(holiday.day order by holiday.day), '[]') from holidays holiday where holiday.tenant_id = $1),
    'policies', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'id', policy.id, 'name', policy.name, 'priorities', policy.priorities, 'channels', policy.channels,
               'firstResponseMinutes', policy.first_response_minutes, 'nextResponseMinutes', policy.next_response_minutes,
               'resolutionMinutes', policy.resolution_minutes, 'warnMinutes', policy.warn_minutes,
               'escalatePriority', policy.escalate_priority, 'escalateAssigneeId', policy.escalate_assignee_id)
             order by policy.priorities = '{}' and policy.channels = '{}', policy.position, policy.id), '[]')
        from sla_policies policy where policy.tenant_id = $1))
    from tenants tenant where tenant.id = $1)`;

const always = [{ from: "00:00", to: "24:00" }];
const everyHour: BusinessDays = { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always };

export function settingsFrom({ zone, days, closed, policies }: StoredSettings): SlaSettings {
  return { zone, hours: { days: days ?? everyHour, closed }, policies };
}

const known = new WeakMap<TenantTx, Promise<SlaSettings>>();

/** The tenant's settings, asked once a transaction. */
export function readSlaSettings(tx: TenantTx): Promise<SlaSettings> {
  const settings = known.get(tx) ?? askSettings(tx);
  known.set(tx, settings);
  return settings;
}

async function askSettings(tx: TenantTx): Promise<SlaSettings> {
  const [row] = await tx.raw.unsafe<{ settings: StoredSettings }[]>(
    `select ${slaSettingsJson} as settings`,
    [tx.tenantId],
    { prepare: true },
  );
  return settingsFrom(row!.settings);
}

/** Keeps settings that came along with another statement for the rest of the transaction. */
export function keepSlaSettings(tx: TenantTx, stored: StoredSettings): SlaSettings {
  const settings = settingsFrom(stored);
  known.set(tx, Promise.resolve(settings));
  return settings;
}
