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
  "sender_blocked",
  "handler_error",
] as const;
export type Reason = (typeof reasons)[number];
export const types = ["message", "status", "other"] as const;
export type EventType = (typeof types)[number];

export const providers = [
  "whatsapp",
  "instagram",
  "twilio",
  "vapi",
  "retell",
  "email",
  "sendgrid",
  "mailgun",
  "postmark",
  "ses",
] as const;
export type Provider = (typeof providers)[number];

/** What the address of the log says. Anything it does not know is left out. */
export interface LogFilter {
  period: Period;
  channel: string | undefined;
  status: Status[];
  reason: Reason[];
  type: EventType | undefined;
  provider: Provider | undefined;
  slow: boolean;
  again: boolean;
  /** A window of the chart, instead of the period. */
  from: Date | undefined;
  to: Date | undefined;
  search: string | undefined;
  /** A text of the contents: events are looked through for it, a stretch at a time. */
  text: string | undefined;
  after: string | undefined;
  before: string | undefined;
  /** The saved view that it began from. */
  view: string | undefined;
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
  const timeOf = (name: string) => {
    const at = new Date(params.get(name) ?? "");
    return Number.isNaN(at.getTime()) ? undefined : at;
  };
  return {
    period: one("period", periods) ?? "24h",
    channel: idOf("channel"),
    status: some("status", statuses),
    reason: some("reason", reasons),
    type: one("type", types),
    provider: one("provider", providers),
    slow: params.get("slow") === "1",
    again: params.get("again") === "1",
    from: timeOf("from"),
    to: timeOf("to"),
    search: params.get("q")?.trim().slice(0, 200) || undefined,
    text: textOf(params.get("text")),
    after: idOf("after"),
    before: idOf("before"),
    view: idOf("view"),
  };
}

function textOf(asked: string | null): string | undefined {
  const text = asked?.trim().slice(0, 200) ?? "";
  return text.length >= 2 ? text : undefined;
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
  if (next.provider) params.set("provider", next.provider);
  if (next.slow) params.set("slow", "1");
  if (next.again) params.set("again", "1");
  if (next.from) params.set("from", next.from.toISOString());
  if (next.to) params.set("to", next.to.toISOString());
  if (next.search) params.set("q", next.search);
  if (next.text) params.set("text", next.text);
  if (next.view) params.set("view", next.view);
  if (next.after) params.set("after", next.after);
  if (next.before) params.set("before", next.before);
  const query = params.toString();
  return query ? `?${query}` : "";
}

/** Nothing but the time narrows the list. */
export const noFilter: Partial<LogFilter> = {
  channel: undefined,
  status: [],
  reason: [],
  type: undefined,
  provider: undefined,
  slow: false,
  again: false,
  search: undefined,
  text: undefined,
  view: undefined,
};

/** Whether anything but the time narrows the list. */
export function isNarrowed({ channel, status, reason, type, provider, slow, again, search, text }: LogFilter): boolean {
  return (
    Boolean(channel ?? type ?? provider ?? search ?? text) || slow || again || status.length > 0 || reason.length > 0
  );
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
export function wantedOf(filter: LogFilter, now: number) {
  const { period, channel, status, reason, type, provider, slow, again, from, to, search } = filter;
  return {
    since: from ?? sinceOf(period, now),
    until: to,
    channelId: channel,
    status,
    reason,
    type,
    provider,
    ...(slow ? { slow } : {}),
    ...(again ? { triedAgain: again } : {}),
    search,
  };
}

/** Events ticked in the list (`event`, repeated); null where none is. */
export function selectionOf(params: URLSearchParams): string[] | null {
  const ids = params.getAll("event").filter((value) => id.test(value));
  return ids.length > 0 ? ids.slice(0, 500) : null;
}
