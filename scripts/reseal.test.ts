import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createChannel, createConversation, createMember, createTenant, testConfig } from "#db/factories.ts";
import { busyCalendars, calendarFeeds } from "#db/schema/calendar-feeds.ts";
import { connectionAttempts, platformConnections } from "#db/schema/connections.ts";
import { surveys } from "#db/schema/surveys.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { useConfig } from "#server/core/config.ts";
import type { KeyRing } from "#server/core/crypto.ts";
import { open, readKeyRing, seal } from "#server/core/crypto.ts";
import { newId } from "#server/core/ids.ts";
import { beginRotation, endRotation } from "./key-file.ts";
import { resealAll, sealedTables, verifyAll } from "./reseal.ts";

const database = await testDatabase();
const key = (byte: number) => Buffer.alloc(32, byte).toString("base64");
const old = readKeyRing(key(7));
useConfig(testConfig({ keyRing: old }));

async function shop(ring: KeyRing) {
  const tenant = await createTenant();
  const channel = await createChannel(tenant);
  const { userId } = await createMember(tenant);
  const { conversationId, customerId } = await createConversation(tenant, { channel });
  const ids = { tenantId: tenant.tenantId, id: newId() };
  const sealed = (text: string) => seal(ring, text, `${ids.tenantId}:connection:${ids.id}`);
  await withTenant(tenant, async (tx) => {
    await tx.insert(platformConnections).values({
      ...ids,
      platform: "instagram",
      accountId: ids.id,
      accessToken: sealed("access"),
      refreshToken: sealed("refresh"),
    });
    await tx.insert(connectionAttempts).values({
      ...ids,
      platform: "instagram",
      stateHash: ids.id,
      verifier: sealed("verifier"),
      userId: newId(),
      expiresAt: new Date(),
    });
    const of = { ...ids, userId };
    const token = seal(ring, "token", `${ids.tenantId}:calendar_feed:${ids.id}`);
    await tx.insert(calendarFeeds).values({ ...of, tokenHash: ids.id, tokenSealed: token });
    await tx.insert(surveys).values({
      ...ids,
      conversationId,
      customerId,
      channelType: "email",
      resolvedAt: new Date(),
      dueAt: new Date(),
      tokenHash: ids.id,
      tokenSealed: seal(ring, "token", `${ids.tenantId}:survey:${ids.id}`),
    });
    const address = seal(ring, "https://agenda.example/", `${ids.tenantId}:busy_calendar:${ids.id}`);
    await tx.insert(busyCalendars).values({ ...of, addressSealed: address, host: "agenda.example", dueAt: new Date() });
  });
  return { tenant, channel };
}

/** Every text of the whole database that looks sealed, whatever its table, with the id of its key. */
async function sealedAnywhere(): Promise<string[]> {
  const columns = await database.owner<{ name: string; column: string }[]>`
    select table_name as name, column_name as column from information_schema.columns
     where table_schema = 'public' and data_type = 'text'
       and table_name in (select relname from pg_class where relkind in ('r', 'p') and not relispartition)`;
  const tenants = await database.app<{ tenant_id: string }[]>`select tenant_id from door.tenants_for_maintenance()`;
  const found: string[] = [];
  for (const { tenant_id: tenantId } of tenants) {
    await withTenant({ tenantId }, async (tx) => {
      for (const { name, column } of columns) {
        const rows = await tx.raw.unsafe<{ value: string }[]>(
          `select "${column}" as value from "${name}" where "${column}" like 'v1.%.%.%.%'`,
        );
        found.push(...rows.map(({ value }) => `${name}.${column} ${value.split(".")[1]}`));
      }
    });
  }
  return found;
}

test("after a rotation every sealed value opens with the new key alone, and none is left of the old", async () => {
  const made = [await shop(old), await shop(old)];
  const before = await sealedAnywhere();
  const listed = sealedTables.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column} k1`));
  expect(new Set(before)).toEqual(new Set(listed));

  const ring = readKeyRing(`k2:${key(8)},k1:${key(7)}`);
  expect((await verifyAll(ring)).lost.length).toBeGreaterThan(0);
  const { values, resealed, lost } = await resealAll(ring);
  expect([values, resealed, lost]).toEqual([before.length, before.length, []]);
  expect(await verifyAll(ring)).toEqual({ values: before.length, resealed: 0, lost: [] });
  expect((await sealedAnywhere()).filter((one) => one.endsWith(" k1"))).toEqual([]);

  const alone = readKeyRing(`k2:${key(8)}`);
  for (const { tenant, channel } of made) {
    const rows = await withTenant(tenant, (tx) =>
      tx.raw.unsafe<{ sealed: string }[]>("select config_encrypted as sealed from channel_configurations"),
    );
    const plain = open(alone, rows[0]!.sealed, `${tenant.tenantId}:${channel.channelId}`);
    expect(JSON.parse(plain)).toMatchObject({ access_token: channel.credentials.access_token });
  }
  expect((await resealAll(ring)).resealed).toBe(0);
});

test("an interrupted rotation goes on where it was, and what no key opens is named", async () => {
  const ring = readKeyRing(`k3:${key(9)},k2:${key(8)},k1:${key(7)}`);
  await shop(old);
  const { tenant } = await shop(old);
  // As after a crash: one tenant is done, one only half.
  const half = await createChannel(tenant);
  await withTenant(tenant, (tx) =>
    tx.raw.unsafe("update channel_configurations set app_secret = $1 where id = $2", [
      seal(ring, "done already", `${tenant.tenantId}:${half.channelId}`),
      half.channelId,
    ]),
  );
  const { values, resealed } = await resealAll(ring);
  expect(resealed).toBe(values - 1);
  expect((await verifyAll(ring)).lost).toEqual([]);

  await withTenant(tenant, (tx) =>
    tx.raw.unsafe("update channel_configurations set app_secret = $1 where id = $2", [
      seal(readKeyRing(`k0:${key(1)}`), "of a lost key", `${tenant.tenantId}:${half.channelId}`),
      half.channelId,
    ]),
  );
  expect((await resealAll(ring)).lost).toEqual([{ table: "channel_configurations", id: half.channelId }]);
});

const folder = mkdtempSync(join(tmpdir(), "guichet-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the embedded database's key file takes a new key in front, survives an interruption, and ends with it alone", () => {
  const file = join(folder, "encryption.key");
  writeFileSync(file, `${key(7)}\n`, { mode: 0o600 });
  const text = beginRotation(folder);
  expect([...readKeyRing(text).keys.keys()]).toEqual(["k2", "k1"]);
  expect(readKeyRing(text).keys.get("k1")).toEqual(Buffer.alloc(32, 7));
  expect(beginRotation(folder)).toBe(text);
  endRotation(folder);
  expect(readKeyRing(readFileSync(file, "utf8").trim()).keys.size).toBe(1);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect([...readKeyRing(beginRotation(folder)).keys.keys()]).toEqual(["k3", "k2"]);
});
