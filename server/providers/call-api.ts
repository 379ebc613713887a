import { listOf, objectOf, textOf } from "./read-json.ts";
import type { Json, JsonObject } from "./contract.ts";

/** What became of a request. Only `unreachable` means that the provider certainly did not act on it. */
export type ApiAnswer =
  | { kind: "answered"; status: number; body: JsonObject | null; retryAfterMs: number | undefined }
  | { kind: "unreachable"; text: string }
  | { kind: "lost"; text: string };

/** How we name ourselves, in the form that Meta's contract asks for. */
export const userAgent = "Guichet/1.0.0";
const longestAnswer = 1_000_000;
/** Failures that come before the request is on its way (Node and undici codes). */
const beforeSending =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/;

/**
 * One request to a provider, with a time limit (milliseconds) over the whole of it; a signal in `init`
 * gives it up sooner. Never throws and never follows a redirect, which would carry the credentials elsewhere.
 */
export async function callApi(url: string, init: RequestInit, timeoutMs = 15_000): Promise<ApiAnswer> {
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = init.signal ? AbortSignal.any([limit, init.signal]) : limit;
  let response: Response;
  try {
    const headers = new Headers(init.headers);
    headers.set("user-agent", userAgent);
    response = await fetch(url, { ...init, headers, signal, redirect: "manual" });
  } catch (error) {
    const text = reasonOf(error);
    return isBeforeSending(text) ? { kind: "unreachable", text } : { kind: "lost", text };
  }
  const retryAfterMs = retryAfter(response.headers.get("retry-after"));
  try {
    return {
      kind: "answered",
      status: response.status,
      body: await readAnswer(response),
      retryAfterMs,
    };
  } catch (error) {
    if (!response.ok) return { kind: "answered", status: response.status, body: null, retryAfterMs };
    return { kind: "lost", text: reasonOf(error) };
  }
}

/** A failure by its code: true where the request cannot have reached the provider. */
export function isBeforeSending(code: string): boolean {
  return beforeSending.test(code);
}

async function readAnswer(response: Response): Promise<JsonObject | null> {
  const text = await response.text();
  if (text.length > longestAnswer) return null;
  try {
    return objectOf(JSON.parse(text) as Json);
  } catch {
    return null;
  }
}

/** Milliseconds that a `Retry-After` asks for, a day at most. */
export function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d{1,6}$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) * 1000 : undefined;
}

/** The system's code where there is one: `ECONNRESET`, `TimeoutError` … */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return "failed";
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}

/** Takes secrets out of a provider's words before they are shown or stored. */
export function withoutSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  return secrets.reduce<string>(
    (clean, secret) => (secret && secret.length > 3 ? clean.replaceAll(secret, "[…]") : clean),
    text.slice(0, 500).toWellFormed(),
  );
}

/** The texts of a list of objects under one key. */
export function pluck(list: Json | undefined, key: string): string[] {
  return listOf(list).flatMap((item) => textOf(objectOf(item)?.[key]) ?? []);
}
