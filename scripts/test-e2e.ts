import { spawnSync } from "node:child_process";
import { findChromium } from "./find-chromium.ts";

/** `npm run test:e2e`: the browser tests. Arguments go to Playwright. */
try {
  const run = spawnSync("playwright", ["test", ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, CHROME_PATH: findChromium() },
  });
  process.exitCode = run.status ?? 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
