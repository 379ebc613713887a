import { expect, test } from "./fixtures.ts";

test("the program is ready, and its first page obeys its own policy", async ({ page, request }) => {
  const ready = await request.get("/readyz");
  expect(await ready.json()).toMatchObject({
    status: "ready",
    checks: { database: "ok", migrations: "ok", jobs: "ok" },
  });
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  const answer = await page.goto("/");
  expect(answer?.headers()["content-security-policy"]).toContain("nonce-");
  await page.waitForLoadState("networkidle");
  expect(faults).toEqual([]);
});
