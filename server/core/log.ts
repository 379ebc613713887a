import { pino } from "pino";

/**
 * The program's log: JSON lines on standard output. Secrets never reach it; the paths below are a
 * second line of defence for objects that are logged whole.
 */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: null,
  redact: {
    paths: [
      "password",
      "*.password",
      "token",
      "*.token",
      "secret",
      "*.secret",
      "accessToken",
      "*.accessToken",
      "appSecret",
      "*.appSecret",
      "authToken",
      "*.authToken",
      "headers.authorization",
      "headers.cookie",
    ],
    censor: "[redacted]",
  },
});

export type Log = typeof log;
