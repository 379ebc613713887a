import { Hono } from "hono";

/** One thing that must hold for the program to be ready: null when it does, else what is wrong. */
export type Check = () => Promise<string | null>;

/** `/healthz`: the process is up. `/readyz`: it can do its work; 503 and a reason per failed check. */
export function healthRoutes(checks: Record<string, Check>): Hono {
  const routes = new Hono();
  routes.get("/healthz", (c) => c.json({ status: "ok" }));
  routes.get("/readyz", async (c) => {
    const answers = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, (await within(2_000, check)) ?? "ok"] as const),
    );
    const ready = answers.every(([, answer]) => answer === "ok");
    return c.json({ status: ready ? "ready" : "not ready", checks: Object.fromEntries(answers) }, ready ? 200 : 503);
  });
  return routes;
}

async function within(milliseconds: number, check: Check): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("no answer in time"), milliseconds);
  });
  const answer = check().catch((error: unknown) => (error instanceof Error ? error.message : "failed"));
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
