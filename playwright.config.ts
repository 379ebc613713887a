import { defineConfig } from "@playwright/test";

/** Browser tests on the built program; `scripts/test-e2e.ts` finds the browser and names it in CHROME_PATH. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/start-program.ts",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // A second attempt keeps one slow moment of a shared machine from hiding the rest; `npm test` names who needed it.
  retries: 1,
  // These end what never would: nothing passes or fails by how fast the machine is.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["json", { outputFile: ".cache/playwright.json" }]],
  use: {
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    trace: "retain-on-failure",
    launchOptions: {
      ...(process.env.CHROME_PATH ? { executablePath: process.env.CHROME_PATH } : {}),
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
