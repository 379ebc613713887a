import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { listen } from "./listen.ts";
import type { GuichetEnv } from "./request-context.ts";

const never = 2 ** 30;

test("the end waits for what is being answered, and for no line that asks nothing", async () => {
  const asked = Promise.withResolvers<void>();
  const app = new Hono<GuichetEnv>().get("/slow", async (c) => {
    asked.resolve();
    await wait(200);
    return c.text("whole");
  });
  const listening = await listen(app, 0, "127.0.0.1");
  const ahead = connect(listening.port, "127.0.0.1");
  const kept = connect(listening.port, "127.0.0.1");
  await Promise.all([once(ahead, "connect"), once(kept, "connect")]);
  kept.write("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await once(kept, "data");
  const slow = fetch(`http://127.0.0.1:${listening.port}/slow`).then((answer) => answer.text());
  await asked.promise;
  await listening.close(never);
  expect(await slow).toBe("whole");
});
