import type { BusinessHours } from "#db/schema/channels.ts";
import type { TenantTx } from "#db/tenant.ts";

const weekdays = ["1", "2", "3", "4", "5", "6", "7"];

/** How long an offered time is kept, and between which hours customers are written to. */
export async function readOfferRules(tx: TenantTx): Promise<{ minutes: number; writing: BusinessHours }> {
  const [row] = await tx.raw.unsafe<{ minutes: number; from: string; to: string }[]>(
    `select offer_minutes::int as minutes, send_from as from, send_until as to from appointment_message_settings where tenant_id = $1`,
    [tx.tenantId],
    { prepare: true },
  );
  const { minutes, from, to } = row ?? { minutes: 30, from: "08:00", to: "20:00" };
  return { minutes, writing: { days: Object.fromEntries(weekdays.map((day) => [day, [{ from, to }]])), closed: [] } };
}
