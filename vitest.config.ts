import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "{app,server,db,scripts,bench}/**/*.test.{ts,tsx}",
      ...(process.env.TEST_DATABASE_URL ? ["db/**/*.server-test.ts"] : []),
    ],
    globalSetup: ["./db/testing-server.ts"],
    env: { LOG_LEVEL: process.env.LOG_LEVEL ?? "fatal" },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    expect: { poll: { timeout: 5_000 } },
  },
});
