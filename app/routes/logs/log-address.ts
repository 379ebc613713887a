export const periods = ["1h", "24h", "7d", "30d", "all"] as const;
export type Period = (typeof periods)[number];
export const statuses = ["processed", "duplicate", "ignored", "rejected", "failed", "retrying", "received"] as const;
export type Status = (typeof statuses)[number];
export const reasons = [
  "signature_mismatch",
  "missing_signature",
  "verify_token_mismatch",
  "not_configured",
  "unknown_account",
  "malformed",
  "too_large",
  "duplicate",
  "unsupported_type",
  "stale",
  "channel_paused",
  "waiting_for_message",
  "handler_error",
] as const;
export type Reason = (typeof reasons)[number];
export const types = ["message", "status", "other"] as const;
export type EventType = (typeof types)[number];

/** What the address of the log says. Anything it does not know is left out. */
export interface LogFilter {
  period: Period;
  channel: string | undefined;
  status: Status[];
  reason: Reason[];
  type: EventType | undefined;
  search: string | undefined;
  after: string | undefined;
  before: string | undefined;
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readFilter(params: URLSearchParams): LogFilter {
  const one = <T extends string>(name: string, known: readonly T[]) =>
    known.find((value) => value === params.get(name));
  const some = <T extends string>(name: string, known: readonly T[]) => {
    const asked = params.get(name)?.split(",") ?? [];
    return known.filter((value) => asked.includes(value));
  };
  const idOf = (name: string) => {
    const value = params.get(name) ?? "";
    return id.test(value) ? value : undefined;
  };
  return {
    period: one("period", periods) ?? "24h",
    channel: idOf("channel"),
    status: some("status", statuses),
    reason: some("reason", reasons),
    type: one("type", types),
    search: params.get("q")?.trim().slice(0, 200) || undefined,
    after: idOf("after"),
    before: idOf("before"),
  };
}

/** The query of a filter, its defaults left out (empty when all are); a changed filter starts at its first page. */
export function filterQuery(filter: LogFilter, change: Partial<LogFilter> = {}): string {
  const next: LogFilter = { ...filter, after: undefined, before: undefined, ...change };
  const params = new URLSearchParams();
  if (next.period !== "24h") params.set("period", next.period);
  if (next.channel) params.set("channel", next.channel);
  if (next.status.length > 0) params.set("status", next.status.join(","));
  if (next.reason.length > 0) params.set("reason", next.reason.join(","));
  if (next.type) params.set("type", next.type);
  if (next.search) params.set("q", next.search);
  if (next.after) params.set("after", next.after);
  if (next.before) params.set("before", next.before);
  const query = params.toString();
  return query ? `?${query}` : "";
}

/** Whether anything but the time narrows the list. */
export function isNarrowed({ channel, status, reason, type, search }: LogFilter): boolean {
  return Boolean(channel ?? type ?? search) || status.length > 0 || reason.length > 0;
}

const hour = 3_600_000;
const lengths: Record<Exclude<Period, "all">, number> = {
  "1h": hour,
  "24h": 24 * hour,
  "7d": 168 * hour,
  "30d": 720 * hour,
};

/** Since when a period counts, from now; undefined for all that is kept. */
export function sinceOf(period: Period, now: number): Date | undefined {
  return period === "all" ? undefined : new Date(now - lengths[period]);
}

/** What a filter asks of the log, its period made into a moment. */
export function wantedOf({ period, channel, status, reason, type, search }: LogFilter, now: number) {
  return { since: sinceOf(period, now), channelId: channel, status, reason, type, search };
}

/** Events ticked in the list (`event`, repeated); null where none is. */
export function selectionOf(params: URLSearchParams): string[] | null {
  const ids = params.getAll("event").filter((value) => id.test(value));
  return ids.length > 0 ? ids.slice(0, 500) : null;
}
