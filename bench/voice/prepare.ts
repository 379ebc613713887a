import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { createChannel, testConfig } from "#db/factories.ts";
import { createService } from "#db/factories-appointments.ts";
import { migrate } from "#db/migrate.ts";
import { memberHours } from "#db/schema/scheduling.ts";
import { useAppPool, withTenant } from "#db/tenant.ts";
import { useConfig } from "#server/core/config.ts";
import { readKeyRing } from "#server/core/crypto.ts";
import { benchFacts, benchFolder } from "../place.ts";
import type { VoiceFacts } from "./place.ts";
import { bookedDays, bookedMembers, voiceFacts } from "./place.ts";

const allDay = [{ from: "00:00", to: "24:00" }];
const days = { "1": allDay, "2": allDay, "3": allDay, "4": allDay, "5": allDay, "6": allDay, "7": allDay };

/**
 * A telephone line for the bench's business, and twenty of its members who take appointments, half of whose time is taken for
 * weeks. Made once; the data of `npm run bench:seed` stay what they are.
 */
export async function prepareVoice(): Promise<VoiceFacts> {
  if (!existsSync(benchFacts)) throw new Error("run `npm run bench:seed` first");
  if (existsSync(voiceFacts)) return JSON.parse(readFileSync(voiceFacts, "utf8")) as VoiceFacts;
  const database = await startEmbedded({ folder: benchFolder });
  await migrate({ ownerUrl: database.ownerUrl, appUrl: database.appUrl });
  const app = connect({ url: database.appUrl, max: 2 });
  useAppPool(app);
  useConfig(testConfig({ keyRing: readKeyRing(database.encryptionKey) }));
  try {
    const { tenantId } = JSON.parse(readFileSync(benchFacts, "utf8")) as { tenantId: string };
    const { channelId, credentials } = await createChannel({ tenantId }, { provider: "vapi", simulated: true });
    await makeAppointments(tenantId);
    const facts = { tenantId, channelId, credentials };
    writeFileSync(voiceFacts, JSON.stringify(facts), { mode: 0o600 });
    return facts;
  } finally {
    await app.end();
    await database.stop();
  }
}

async function makeAppointments(tenantId: string): Promise<void> {
  const members = await withTenant({ tenantId }, async (tx) => [
    ...(await tx.raw<
      { id: string }[]
    >`select user_id as id from memberships where status = 'active' order by email limit ${bookedMembers}`),
  ]);
  const userIds = members.map(({ id }) => id);
  const { serviceId } = await createService({ tenantId }, userIds, { name: "Conseil", horizonDays: 60 });
  await withTenant({ tenantId }, async (tx) => {
    await tx.insert(memberHours).values(userIds.map((userId) => ({ tenantId, userId, days })));
    await tx.raw.unsafe(appointmentsSql, [tenantId, serviceId, userIds, bookedDays] as never[]);
  });
}

/** The first half of every hour. `$1` tenant, `$2` service, `$3` members, `$4` days. */
const appointmentsSql = `
  insert into appointments (tenant_id, id, service_id, user_id, seat, customer_id, status, status_at, starts_at, ends_at, blocked_from,
    blocked_until, source, created_at, updated_at)
  select $1::uuid, gen_random_uuid(), $2::uuid, who, 1, person.id, 'confirmed', now(), at, at + interval '30 minutes', at,
         at + interval '30 minutes', 'web', now(), now()
    from unnest($3::uuid[]) with ordinality as members (who, nth)
   cross join generate_series(date_trunc('hour', now()) + interval '1 hour', now() + make_interval(days => $4::int), interval '1 hour') at
    join (select id, row_number() over (order by id) as place from customers where tenant_id = $1::uuid limit 2000) person
      on person.place = 1 + (nth * 97 + extract(epoch from at)::bigint / 3600) % 1000`;
