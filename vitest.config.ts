import { defineConfig } from "vitest/config";
import { repairedPostgres } from "./scripts/repair-postgres.ts";

export default defineConfig({
  plugins: [repairedPostgres()],
  test: {
    // The driver is tested as it is bundled.
    server: { deps: { inline: ["postgres"] } },
    include: [
      "{app,server,db,scripts,bench}/**/*.test.{ts,tsx}",
      ...(process.env.TEST_DATABASE_URL ? ["db/**/*.server-test.ts"] : []),
    ],
    globalSetup: ["./db/testing-server.ts"],
    env: { LOG_LEVEL: process.env.LOG_LEVEL ?? "fatal" },
    // These end what never would: nothing passes or fails by how fast the machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    expect: { poll: { timeout: 30_000 } },
  },
});
