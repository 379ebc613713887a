import { hash } from "@node-rs/argon2";
import { writeFileSync } from "node:fs";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { createChannel, createMember, createTenant, testConfig } from "#db/factories.ts";
import { migrate } from "#db/migrate.ts";
import { useAppPool, withTenant } from "#db/tenant.ts";
import { useConfig } from "#server/core/config.ts";
import { readKeyRing } from "#server/core/crypto.ts";
import { benchFacts, benchFolder, benchPeople } from "./place.ts";
import { conversationsSql, customersSql, idFunctionSql, logsSql, messagesSql, ticketsSql } from "./seed-sql.ts";

/** `npm run bench:seed`: the data that the figures are measured on, made once in a folder of its own. */
const database = await startEmbedded({ folder: benchFolder });
await migrate({ ownerUrl: database.ownerUrl, appUrl: database.appUrl });
const owner = connect({ url: database.ownerUrl, max: 2 });
const app = connect({ url: database.appUrl, max: 2 });
useAppPool(app);
useConfig(testConfig({ keyRing: readKeyRing(database.encryptionKey) }));
try {
  const [row] = await app<{ empty: boolean }[]>`select door.has_no_tenant() as empty`;
  if (row?.empty) await seed();
  else console.log("the bench data is there already; remove .cache/bench to make it anew");
} finally {
  await Promise.all([app.end(), owner.end()]);
  await database.stop();
}

async function seed(): Promise<void> {
  const started = performance.now();
  await owner`select door.make_log_partitions(current_date - 31, 40)`;
  await createTenant({ slug: "platform", name: "Guichet", kind: "platform" });
  await seedBusiness("bench", 100_000, { customers: 100_000, conversations: 50_000, members: 200, logs: 100_000 });
  await seedBusiness("tenth", 10_000, { customers: 10_000, conversations: 5_000, members: 20, logs: 0 });
  await seedBusiness("million", 1_000_000, { customers: 1_000, conversations: 0, members: 3, logs: 0 });
  for (let index = 1; index <= 100; index++) {
    await seedBusiness(`small-${index}`, 40, { customers: 40, conversations: 20, members: 3, logs: 40 });
  }
  await owner.unsafe("vacuum analyze");
  console.log(`bench data made in ${Math.round((performance.now() - started) / 1000)} s, in ${benchFolder}`);
}

interface Size {
  customers: number;
  conversations: number;
  members: number;
  logs: number;
}

async function seedBusiness(slug: string, tickets: number, size: Size): Promise<void> {
  const tenant = await createTenant({ slug, name: slug });
  const members = [];
  for (let index = 0; index < size.members; index++) {
    const role = index === 0 ? "owner" : "agent";
    members.push(
      await createMember(tenant, role, { email: `${role}-${index}@${slug}.example`, name: `Member ${index}` }),
    );
  }
  if (["bench", "million", "tenth"].includes(slug)) await givePassword(members[0]!.userId);
  const channel = await createChannel(tenant, { provider: "whatsapp", simulated: slug === "bench" });
  const people = members.map((member) => member.userId);
  await withTenant(tenant, async (tx) => {
    // Nothing is analysed yet: the planner would join a hundred thousand rows one by one.
    await tx.raw`set local enable_nestloop = off`;
    await tx.raw.unsafe(idFunctionSql);
    await tx.raw.unsafe(customersSql, [tenant.tenantId, size.customers]);
    if (size.conversations > 0)
      await tx.raw.unsafe(conversationsSql, [tenant.tenantId, channel.channelId, size.conversations, people]);
    if (size.conversations > 0) await tx.raw.unsafe(messagesSql, [tenant.tenantId, channel.channelId, people]);
    await tx.raw.unsafe(ticketsSql, [
      tenant.tenantId,
      tickets,
      people,
      slug === "million" ? 0.04 : 0.4,
      size.customers,
    ]);
    await tx.raw`insert into tenant_counters (tenant_id, name, value) values (${tenant.tenantId}, 'tickets', ${tickets})`;
  });
  if (size.logs > 0) {
    await owner.begin(async (tx) => {
      await tx`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
      await tx.unsafe(idFunctionSql);
      await tx.unsafe(logsSql, [tenant.tenantId, channel.channelId, size.logs]);
    });
  }
  if (slug === "bench") {
    writeFileSync(
      benchFacts,
      JSON.stringify({ tenantId: tenant.tenantId, channelId: channel.channelId, credentials: channel.credentials }),
      { mode: 0o600 },
    );
    console.log(`${slug}: made`);
  }
}

async function givePassword(userId: string): Promise<void> {
  const hashed = await hash(benchPeople.password);
  await owner`insert into auth.passwords (user_id, hash) values (${userId}, ${hashed}) on conflict (user_id) do update set hash = excluded.hash`;
}
