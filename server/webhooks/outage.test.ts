import type { Server, Socket } from "node:net";
import { connect as connectSocket, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { createChannel, createTenant } from "#db/factories.ts";
import { appPool, useAppPool } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { logsOf, post, startEdge, textMessage, whatsappPost } from "./testing.ts";

const database = await testDatabase();
const line = await breakableLine(new URL(database.appUrl));
const direct = appPool();
const throughLine = new URL(database.appUrl);
throughLine.hostname = "127.0.0.1";
throughLine.port = String(line.port);
const pool = connect({ url: throughLine.toString(), max: 4 });
afterAll(async () => {
  await pool.end({ timeout: 1 });
  line.close();
});

const { url } = await startEdge({ drains: false });
const tenant = await createTenant();
const channel = await createChannel(tenant);
const body = () => whatsappPost({ channel, messages: [textMessage({ id: `wamid.${newId()}`, from: "33639980001" })] });
const send = async () => (await post(`${url}/webhooks/whatsapp`, body(), channel.credentials.app_secret!)).status;

test("while the database is away senders are told so at once, and nothing acknowledged is lost when it is back", async () => {
  useAppPool(pool);
  const acknowledged: number[] = [await send()];
  expect(acknowledged).toEqual([200]);
  line.cut();
  const began = performance.now();
  const refused = await Promise.all(Array.from({ length: 40 }, send));
  expect(new Set(refused)).toEqual(new Set([503]));
  expect(performance.now() - began).toBeLessThan(6_000);
  line.mend();
  const again = async () => acknowledged.push(await send()) && acknowledged.at(-1);
  await expect.poll(again).toBe(200);
  useAppPool(direct);
  const stored = (await logsOf(tenant)).length;
  expect(stored).toBeGreaterThanOrEqual(acknowledged.filter((status) => status === 200).length);
});

/** A TCP line to the database that can be cut and mended. */
async function breakableLine(target: URL) {
  const sockets = new Set<Socket>();
  let whole = true;
  const server: Server = createServer((socket) => {
    if (!whole) return socket.destroy();
    const onward = connectSocket(Number(target.port || 5432), target.hostname);
    for (const [from, to] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from
        .on("error", () => to.destroy())
        .on("close", () => {
          sockets.delete(from);
          to.destroy();
        });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      whole = false;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      whole = true;
    },
    close: () => server.close(),
  };
}
