import { pino } from "pino";

/**
 * The program's log: JSON lines on standard output. Secrets never reach it; the paths below are a
 * second line of defence for objects that are logged whole.
 */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: null,
  serializers: { err: (error: unknown) => tell(error) },
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

/** Drivers hang their client, their statement and row values on an error: none of that belongs in a log. */
function tell(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  // A failed statement repeats its parameters in its message, and they are anybody's words: its cause is told.
  if ("query" in error && "params" in error && error.cause instanceof Error) {
    return { ...(tell(error.cause, depth) as object), stack: framesOf(error) };
  }
  return {
    type: error.name,
    message: error.message,
    ...("code" in error ? { code: error.code } : {}),
    stack: error.stack,
    ...(error.cause && depth < 3 ? { cause: tell(error.cause, depth + 1) } : {}),
  };
}

function framesOf({ stack = "" }: Error): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}
