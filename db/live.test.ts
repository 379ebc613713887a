import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "#db/client.ts";
import type { LiveTopic } from "#db/live.ts";
import { publish, startLive, watch } from "#db/live.ts";
import { testDatabase } from "#db/testing.ts";

const database = await testDatabase();
const direct = connect({ url: database.appUrl, max: 1 });
const elsewhere = connect({ url: database.appUrl, max: 1 });
const stopLive = await startLive(direct, database.app);
/** What another process hears. */
const heard: { tenantId: string; topic: LiveTopic; ids: string[] | "*" }[] = [];
beforeAll(async () => {
  await elsewhere.listen("guichet_live", (payload) => void heard.push(JSON.parse(payload)));
});
afterAll(async () => {
  await stopLive();
  await direct.end({ timeout: 1 });
  await elsewhere.end({ timeout: 1 });
});

const heardOf = (tenantId: string) =>
  heard.filter((one) => one.tenantId === tenantId).map(({ topic, ids }) => ({ topic, ids }));

describe("what changed", () => {
  it("is heard in this process before the database says it, and not again when it does", async () => {
    const tenantId = randomUUID();
    const seen: unknown[] = [];
    const stop = watch(tenantId, (change) => seen.push(change));
    publish(tenantId, "tickets", ["one"]);
    const told = { topic: "tickets", ids: ["one"] };
    expect(seen).toEqual([told]);
    await expect.poll(() => heardOf(tenantId)).toEqual([told]);
    // This one comes after the first on the connection that this process listens on.
    const other = { tenantId, topic: "calls", ids: "*" };
    await elsewhere.notify("guichet_live", JSON.stringify(other));
    await expect.poll(() => seen).toContainEqual({ topic: "calls", ids: "*" });
    expect(seen).toHaveLength(2);
    stop();
  });

  it("reaches other processes in its order, what came soon after together, and nothing is lost", async () => {
    const tenantId = randomUUID();
    publish(tenantId, "messages", ["one"]);
    publish(tenantId, "conversations", ["one"]);
    publish(tenantId, "messages", ["two"]);
    publish(tenantId, "messages", ["three", "two"]);
    await expect
      .poll(() => heardOf(tenantId))
      .toEqual([
        { topic: "messages", ids: ["one"] },
        { topic: "conversations", ids: ["one"] },
        { topic: "messages", ids: ["two", "three"] },
      ]);
  });

  it("names too many rows as all of them", async () => {
    const tenantId = randomUUID();
    publish(
      tenantId,
      "customers",
      Array.from({ length: 101 }, () => randomUUID()),
    );
    await expect.poll(() => heardOf(tenantId)).toEqual([{ topic: "customers", ids: "*" }]);
  });
});
