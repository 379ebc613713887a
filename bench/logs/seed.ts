import { hash } from "@node-rs/argon2";
import { writeFileSync } from "node:fs";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { createChannel, createMember, createTenant, systemCtx, testConfig } from "#db/factories.ts";
import { migrate } from "#db/migrate.ts";
import { useAppPool } from "#db/tenant.ts";
import { withDatabase } from "#db/testing-server.ts";
import { useConfig } from "#server/core/config.ts";
import { readKeyRing } from "#server/core/crypto.ts";
import { countLogVolumes } from "#server/domains/webhook-logs/count-log-volumes.ts";
import { benchPeople } from "../place.ts";
import type { LogsFacts } from "./place.ts";
import { eventsOfSmall, logDays, logEvents, logsAdmin, logsFacts, logsFolder, smallTenants } from "./place.ts";
import { customersSql, dayOfLogsSql, identitiesSql, peopleSql } from "./seed-sql.ts";

interface Seeded {
  tenantId: string;
  channels: LogsFacts["channels"];
  /** Up to which share of all events each channel goes. */
  shares: number[];
  customers: number;
  events: number;
}

/** `npm run bench:seed -- logs`: five million events in sixty days, most of them one tenant's. */
const database = await startEmbedded({ folder: logsFolder });
await migrate({ ownerUrl: database.ownerUrl, appUrl: database.appUrl });
// Writes rows of many tenants in one statement's time: only a superuser passes row-level security.
const everyone = connect({ url: withDatabase(database.superUrl, "guichet"), max: 2 });
const app = connect({ url: database.appUrl, max: 4 });
useAppPool(app);
useConfig(testConfig({ keyRing: readKeyRing(database.encryptionKey) }));
const started = performance.now();
const say = (line: string) => console.log(`${Math.round((performance.now() - started) / 1000)} s: ${line}`);
try {
  const [row] = await app<{ empty: boolean }[]>`select door.has_no_tenant() as empty`;
  if (row?.empty) await seed();
  else console.log(`the log's data are there already; remove ${logsFolder} to make them anew`);
} finally {
  await Promise.all([app.end(), everyone.end()]);
  await database.stop();
}

async function seed(): Promise<void> {
  await everyone`select door.make_log_partitions((now() at time zone 'utc')::date - ${logDays - 1}::int, ${logDays + 7}::int)`;
  await everyone`create unlogged table bench_people (tenant_id uuid, place int, id uuid, phone text, primary key (tenant_id, place))`;
  await createTenant({ slug: "platform", name: "Guichet", kind: "platform" });
  const tenants = [await makeLarge()];
  for (let index = 1; index <= smallTenants; index++) tenants.push(await makeSmall(`small-${index}`));
  await everyone`analyze bench_people`;
  say("tenants made");
  await writeDays(tenants);
  await everyone.unsafe("vacuum analyze");
  say("vacuumed and analysed");
  await inTurns(4, tenants, async ({ tenantId }) => {
    while (await countLogVolumes(systemCtx({ tenantId })));
  });
  await everyone.unsafe("vacuum analyze webhook_log_volumes");
  await writeFacts(tenants[0]!);
  await everyone`drop table bench_people`;
  say(`counted ahead; the data are in ${logsFolder}`);
}

async function makeLarge(): Promise<Seeded> {
  const tenant = await createTenant({ slug: "large", name: "Large" });
  const admin = await createMember(tenant, "admin", { email: logsAdmin, name: "Admin" });
  const hashed = await hash(benchPeople.password);
  await everyone`insert into auth.passwords (user_id, hash) values (${admin.userId}, ${hashed})`;
  const channels = [];
  for (const provider of ["whatsapp", "whatsapp", "instagram", "twilio", "vapi"] as const)
    channels.push(await createChannel(tenant, { provider, simulated: true }));
  return made(tenant.tenantId, channels, [0.6, 0.8, 0.92, 0.99995], {
    customers: 20_000,
    events: logEvents - smallTenants * eventsOfSmall,
  });
}

async function makeSmall(slug: string): Promise<Seeded> {
  const tenant = await createTenant({ slug, name: slug });
  const channels = [];
  for (const provider of ["whatsapp", "vapi"] as const)
    channels.push(await createChannel(tenant, { provider, simulated: true }));
  return made(tenant.tenantId, channels, [0.9], { customers: 100, events: eventsOfSmall });
}

async function made(
  tenantId: string,
  channels: { channelId: string; provider: string }[],
  shares: number[],
  size: { customers: number; events: number },
): Promise<Seeded> {
  await everyone.unsafe(peopleSql, [tenantId, size.customers]);
  await everyone.unsafe(customersSql, [tenantId]);
  await everyone.unsafe(identitiesSql, [tenantId]);
  return {
    tenantId,
    shares,
    channels: channels.map(({ channelId, provider }) => ({ id: channelId, provider })),
    ...size,
  };
}

/** Two days at a time; a day's events tenant by tenant. */
async function writeDays(tenants: readonly Seeded[]): Promise<void> {
  const days = Array.from({ length: logDays }, (_, ago) => logDays - 1 - ago);
  await inTurns(2, days, async (ago) => {
    const [day] = await everyone<{ begin: string }[]>`
      select to_char((now() at time zone 'utc')::date - ${ago}::int, 'YYYY-MM-DD"T00:00:00Z"') as begin`;
    for (const { tenantId, channels, shares, customers, events } of tenants) {
      const today =
        Math.floor((events * (logDays - ago)) / logDays) - Math.floor((events * (logDays - 1 - ago)) / logDays);
      const ids = channels.map((channel) => channel.id);
      const providers = channels.map((channel) => channel.provider);
      await everyone.unsafe(dayOfLogsSql, [tenantId, day!.begin, today, ids, providers, shares, customers] as never[]);
    }
    if (ago % 10 === 0) say(`${ago} days ago written`);
  });
}

async function writeFacts({ tenantId, channels }: Seeded): Promise<void> {
  const people = await everyone<{ phone: string }[]>`
    select '+' || phone as phone from bench_people where tenant_id = ${tenantId} and place in (3, 300, 15000) order by place`;
  const [message] = await everyone<{ id: string }[]>`
    select external_message_id as id from webhook_logs
     where tenant_id = ${tenantId} and received_at between now() - interval '31 days' and now() - interval '30 days' limit 1`;
  const [constant, often, seldom] = people.map(({ phone }) => phone);
  const phones = { constant: constant!, often: often!, seldom: seldom! };
  const facts: LogsFacts = { tenantId, channels, phones, messageId: message!.id };
  writeFileSync(logsFacts, JSON.stringify(facts), { mode: 0o600 });
}

/** Runs `work` on each, at most `width` at a time, in order. */
async function inTurns<T>(width: number, all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  const lane = async () => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
