/** Every way a request can be refused. Mapped once to tRPC, HTTP and words (see `app/i18n`, `errors.*`). */
export const errorCodes = [
  "unauthenticated",
  "forbidden",
  "not_found",
  "invalid",
  "conflict",
  "rate_limited",
  "window_closed",
  "channel_paused",
  "not_configured",
  "too_large",
  "unavailable",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * A refusal that a person can act on. `reason` is a stable key in snake case that the interface
 * translates (`errors.<reason>`, falling back to `errors.<code>`); `fields` puts reasons beside form fields.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly fields: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    reason: string = code,
    options: { fields?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(reason, { cause: options.cause });
    this.name = "DomainError";
    this.code = code;
    this.reason = reason;
    this.fields = options.fields ?? {};
  }
}

export const notFound = () => new DomainError("not_found");
export const forbidden = () => new DomainError("forbidden");
export const invalid = (fields: Record<string, string>) => new DomainError("invalid", "invalid", { fields });
