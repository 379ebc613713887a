import { beforeAll, describe, expect, test } from "vitest";
import { createChannel, createCustomer, createTenant, systemCtx } from "#db/factories.ts";
import type { PlanMode, Scan } from "#db/testing-plans.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { firstIdAt, newId } from "#server/core/ids.ts";
import { chartWebhookLogs } from "./chart-webhook-logs.ts";
import { countLogVolumes } from "./count-log-volumes.ts";
import { exportWebhookLogs } from "./export-webhook-logs.ts";
import { listWebhookLogs, logsPerPage } from "./list-webhook-logs.ts";
import { readLedger } from "./read-ledger.ts";
import type { LogFilter } from "./schemas.ts";
import type { SeededLog } from "./testing-log.ts";
import { seedLog } from "./testing-log.ts";

const database = await testDatabase();
const [server] = await database.owner<
  { version: number }[]
>`select current_setting('server_version_num')::int as version`;
/**
 * Before 17 the planner sorts the few events that small partitions hold of a rare value, instead of reading them in
 * order: by index all the same, but all of them. And for any ten values it rather walks the whole index of such a
 * partition than look each of them up.
 */
const sortsSmallPartitions = server!.version < 170_000;
const days = 60;
const dayMs = 86_400_000;
const hourMs = dayMs / 24;
/** Seven in the evening, the last that is past: a day's events come until then, and what is uncounted are few of them. */
const now = new Date(Math.floor((Date.now() - 19 * hourMs) / dayMs) * dayMs + 19 * hourMs);
const daysAgo = (count: number) => new Date(now.getTime() - count * dayMs);
const large = await makeLog(1_800, 500);
const small = await Promise.all(Array.from({ length: 10 }, () => makeLog(20, 5)));

beforeAll(async () => {
  await seedLog(database, days, [large, ...small], now);
  for (const { tenantId } of [large, small[0]!])
    while (await countLogVolumes(systemCtx({ tenantId }, fixedClock(now))));
  await database.owner`analyze webhook_log_volumes`;
});

/** Its first customer is known, the others are ids in the log. */
async function makeLog(eventsADay: number, people: number): Promise<SeededLog> {
  const tenant = await createTenant({ country: "FR" });
  const channels = [];
  for (const provider of ["whatsapp", "instagram", "vapi"] as const)
    channels.push({ id: (await createChannel(tenant, { provider })).channelId, provider });
  const { customerId } = await createCustomer(tenant, { phone: "+33639900000" });
  const customers = [customerId, ...Array.from({ length: people - 1 }, () => newId())];
  return { tenantId: tenant.tenantId, channels, customers, eventsADay };
}

/** The events of its commonest reason that a day of the large tenant holds. */
const sortedOfADay = 60;

/** Every filter of the list alone, over everything that is kept; and how many look-ups it may make of a page's rows each. */
const filters: [name: string, filter: LogFilter, ways: number][] = [
  ["nothing", {}, 1],
  ["a channel", { channelId: large.channels[0]!.id }, 1],
  ["a channel of few events", { channelId: large.channels.at(-1)!.id }, 1],
  ["a provider", { provider: "whatsapp" }, 3],
  ["a provider of few events", { provider: "vapi" }, 3],
  ["a provider of none", { provider: "postmark" }, 3],
  ["a type", { type: "status" }, 7],
  ["a type of few events", { type: "other" }, 7],
  ["a status", { status: ["processed"] }, 3],
  ["a status of few events", { status: ["failed"] }, 3],
  ["a status of none", { status: ["retrying"] }, 3],
  ["several statuses", { status: ["failed", "rejected", "duplicate"] }, 9],
  ["a reason", { reason: ["duplicate"] }, 1],
  ["a reason of few events", { reason: ["handler_error"] }, 1],
  ["several reasons", { reason: ["signature_mismatch", "malformed", "handler_error"] }, 3],
  ["the time it took", { slow: true }, 1],
  ["attempts", { triedAgain: true }, 1],
  ["a message id", { search: "wamid.77777" }, 1],
  ["a customer's phone as people write it", { search: "06 39 90 00 00" }, 3],
  ["a phone of nobody", { search: "06 39 98 99 99" }, 3],
];

const planned: [mode: PlanMode, size: string, log: SeededLog][] = [
  ["custom", "large", large],
  ["generic", "large", large],
  ["generic", "small", small[0]!],
];

/** The scans that are run for all that `run` asks of the log, its counts among them. */
async function scansOfAll(tenantId: string, mode: PlanMode, run: () => Promise<unknown>): Promise<Scan[]> {
  const statements = (await statementsOf(run)).filter(({ query }) => /\bwebhook_log(s|_volumes)\b/.test(query));
  expect(statements.length).toBeGreaterThan(0);
  const scans: Scan[] = [];
  for (const statement of statements) scans.push(...(await scansOf({ tenantId }, statement, mode)));
  return scans.filter(({ loops }) => loops > 0);
}

const ofLog = (scans: readonly Scan[]) => scans.filter(({ table }) => /^webhook_logs_\d{8}$/.test(table));
const ofCounts = (scans: readonly Scan[]) => scans.filter(({ table }) => table === "webhook_log_volumes");

const partitionsOf = (scans: readonly Scan[]) => [...new Set(scans.map(({ table }) => table))].toSorted();
const rowsOf = (scans: readonly Scan[]) => scans.reduce((sum, { rows }) => sum + rows, 0);
const withoutIndex = (scans: readonly Scan[]) => scans.filter(({ node }) => node === "Seq Scan");
const partitionOf = (day: Date) => `webhook_logs_${day.toISOString().slice(0, 10).replaceAll("-", "")}`;

describe.each(planned)("a %s plan of a %s tenant:", (mode, _size, { tenantId, eventsADay }) => {
  const ctx = systemCtx({ tenantId }, fixedClock(now));
  const allScansIn = (run: () => Promise<unknown>) => scansOfAll(tenantId, mode, run);
  const scansIn = async (run: () => Promise<unknown>) => ofLog(await allScansIn(run));

  test.each(filters)("a page by %s reads no more than pages, by index", async (_name, filter, ways) => {
    const scans = await scansIn(() => listWebhookLogs(ctx, filter));
    expect(withoutIndex(scans)).toEqual([]);
    // A provider's channels are found by leaps: a row of each partition for each of them, and for where they end.
    const leaps = filter.provider ? 5 * days : 0;
    const page = ways * (logsPerPage + 1) + leaps;
    expect(rowsOf(scans)).toBeLessThanOrEqual(sortsSmallPartitions ? page + days * sortedOfADay : page);
  });

  test("a page of a day opens that day alone", async () => {
    const [since, until] = [daysAgo(30), daysAgo(29)];
    const scans = await scansIn(() => listWebhookLogs(ctx, { since, until, status: ["failed"] }));
    expect(partitionsOf(scans)).toEqual([partitionOf(since), partitionOf(until)]);
    expect(withoutIndex(scans)).toEqual([]);
  });

  test("a page far back begins there, whichever way it is turned", async () => {
    const place = firstIdAt(daysAgo(40));
    const older = await scansIn(() => listWebhookLogs(ctx, { after: place, status: ["processed"] }));
    const newer = await scansIn(() => listWebhookLogs(ctx, { before: place }));
    const enough = Math.ceil((logsPerPage + 1) / eventsADay) + 1;
    expect(partitionsOf(older).at(-1)).toBe(partitionOf(daysAgo(40)));
    expect(partitionsOf(newer).at(0)).toBe(partitionOf(daysAgo(40)));
    expect(partitionsOf(newer).length).toBeLessThanOrEqual(enough);
    expect(withoutIndex([...older, ...newer])).toEqual([]);
    // Four look-ups of a page and one more row, and where each leaves a partition, the row that says so.
    expect(rowsOf([...older, ...newer])).toBeLessThanOrEqual(4 * (logsPerPage + 2));
  });

  test.each<[string, LogFilter]>([
    ["a message id", { search: "wamid.77777" }],
    ["a customer's phone", { search: "06 39 90 00 00" }],
    ["a phone of nobody", { search: "06 39 98 99 99" }],
    ["the time it took", { slow: true }],
    ["attempts", { triedAgain: true }],
  ])("the chart by %s reads by index what it counts", async (_name, filter) => {
    const scans = await scansIn(() => chartWebhookLogs(ctx, filter));
    const { total } = await chartWebhookLogs(ctx, filter);
    expect(withoutIndex(scans)).toEqual([]);
    const walked = sortsSmallPartitions && mode === "generic" ? 2 * days * eventsADay : 0;
    expect(rowsOf(scans)).toBeLessThanOrEqual(3 * total + 1 + walked);
  });

  test.each<[string, LogFilter]>([
    ["nothing", {}],
    ["a provider", { provider: "vapi" }],
    ["a status", { status: ["processed"] }],
  ])("the chart by %s reads of the log what is not counted yet", async (_name, filter) => {
    const all = await allScansIn(() => chartWebhookLogs(ctx, filter));
    const scans = ofLog(all);
    expect(withoutIndex(ofCounts(all))).toEqual([]);
    expect(partitionsOf(scans).length).toBeLessThanOrEqual(2);
    expect(rowsOf(scans)).toBeLessThanOrEqual(eventsADay / 4 + 1);
  });

  test("the ledger of sixty days reads what is not counted yet", async () => {
    const all = await allScansIn(() => readLedger(ctx, { since: daysAgo(days - 1) }));
    const scans = ofLog(all);
    expect(withoutIndex(ofCounts(all))).toEqual([]);
    expect(partitionsOf(scans).length).toBeLessThanOrEqual(2);
    expect(rowsOf(scans)).toBeLessThanOrEqual(eventsADay / 4 + 1);
  });

  test("an export goes on where it was", async () => {
    const after = firstIdAt(daysAgo(40));
    const scans = await scansIn(() => exportWebhookLogs(ctx, { after, reason: ["duplicate"] }, { contents: true }));
    expect(partitionsOf(scans).at(-1)! <= partitionOf(daysAgo(40))).toBe(true);
    expect(withoutIndex(scans)).toEqual([]);
  });
});
