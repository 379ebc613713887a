import type { IncomingMessage } from "node:http";
import { isDatabaseAway } from "#db/database-away.ts";
import type { Clock } from "#server/core/clock.ts";
import { currentConfig, publicOrigin } from "#server/core/config.ts";
import { log } from "#server/core/log.ts";
import type { LoggedPost } from "#server/domains/webhook-logs/index.ts";
import { checkPost, ingestPosts, keepRawMails } from "#server/domains/webhook-logs/index.ts";
import type { EventPart, Provider, RawPost } from "#server/providers/contract.ts";
import { MalformedPost } from "#server/providers/contract.ts";
import { afterStoring } from "./after-storing.ts";
import type { Outcome } from "./answer.ts";
import { answerLive } from "./answer-live.ts";
import type { ChannelRoute, ChannelRoutes } from "./channel-routes.ts";
import { channelRoutes } from "./channel-routes.ts";
import type { ArrivedPost } from "./compose-post.ts";
import { composePost, composeRefusal } from "./compose-post.ts";
import type { Endpoint } from "./find-endpoint.ts";
import { findEndpoint } from "./find-endpoint.ts";
import type { GroupCommit } from "./group-commit.ts";
import { groupCommit, Unavailable } from "./group-commit.ts";
import type { Answerer } from "./live-answers.ts";
import { readBody } from "./read-body.ts";
import type { RejectionAllowance } from "./rejection-allowance.ts";
import { rejectionAllowance } from "./rejection-allowance.ts";
import type { SortedPart } from "./sort-parts.ts";
import { sortParts } from "./sort-parts.ts";

export interface Intake {
  /** Takes one request in: when it says `stored`, the post is durable. Never throws. */
  take(request: IncomingMessage): Promise<Outcome>;
  /** Waits until everything taken is stored. */
  stop(): Promise<void>;
}

interface House {
  routes: ChannelRoutes;
  commits: GroupCommit<LoggedPost>;
  allowance: RejectionAllowance;
  stored(post: LoggedPost): void;
  answerer: Answerer;
  clock: Clock;
}

/** The inbound edge: limit, read, route, verify part by part, store, and only then answer. */
export function createIntake(clock: Clock, answerer: Answerer): Intake {
  const commits = groupCommit<LoggedPost>({ flush: ingestPosts, sizeOf: (post) => post.body.length + 1_000 });
  const house: House = {
    routes: channelRoutes(),
    commits,
    allowance: rejectionAllowance(),
    stored: afterStoring(clock),
    answerer,
    clock,
  };
  return {
    take: async (request) => {
      try {
        return await receive(house, request);
      } catch (error) {
        if (!(error instanceof Unavailable) && !isDatabaseAway(error))
          log.error({ err: error }, "a webhook could not be stored");
        return { kind: "unavailable" };
      }
    },
    stop: async () => {
      await commits.idle();
      await house.allowance.settle();
      house.routes.close();
    },
  };
}

type OpenEndpoint = Extract<Endpoint, { kind: "shared" | "channel" }>;

async function receive(house: House, request: IncomingMessage): Promise<Outcome> {
  const path = request.url ?? "/";
  const query = path.indexOf("?");
  const endpoint = await findEndpoint(query < 0 ? path : path.slice(0, query), house.routes);
  if (endpoint.kind === "none") return { kind: "no_such_address" };
  const arrived = { path, headers: headersOf(request), body: new Uint8Array(), receivedAt: house.clock.now() };
  if (endpoint.kind === "nobody") {
    const refusal = { type: "post", reason: "unknown_account", channel: null, payload: {} } as const;
    await store(house, composeRefusal({ ...arrived, provider: "unknown" }, refusal, house.allowance));
    return { kind: "no_such_address" };
  }
  const post = { ...arrived, provider: endpoint.provider.name };
  if (request.method === "GET") return receiveHandshake(house, endpoint, post, query < 0 ? "" : path.slice(query));
  if (request.method !== "POST") return { kind: "wrong_method" };
  return receivePost(house, endpoint, post, request);
}

async function receiveHandshake(
  house: House,
  endpoint: OpenEndpoint,
  post: ArrivedPost,
  query: string,
): Promise<Outcome> {
  const tokens =
    endpoint.kind === "channel" ? [endpoint.channel.verifyToken] : [currentConfig().meta.verifyToken ?? ""];
  const challenge = endpoint.provider.handshake?.(new URLSearchParams(query), tokens) ?? null;
  if (challenge === null) return { kind: "no_such_address" };
  const channel = endpoint.kind === "channel" ? endpoint.channel : null;
  const refused = challenge === "refused";
  // The query holds the token: it is not kept.
  const kept = { ...post, path: post.path.slice(0, post.path.indexOf("?")) };
  const row = { type: "handshake", reason: refused ? ("verify_token_mismatch" as const) : null, channel, payload: {} };
  await store(house, composeRefusal(kept, row, house.allowance));
  return refused ? { kind: "handshake_refused" } : { kind: "handshake", challenge };
}

async function receivePost(
  house: House,
  endpoint: OpenEndpoint,
  arrived: ArrivedPost,
  request: IncomingMessage,
): Promise<Outcome> {
  const { provider } = endpoint;
  const since = provider.liveQuestion ? performance.now() : 0;
  const read = await readBody(request, provider.maxBodyBytes);
  if (read.outcome === "gone") return { kind: "gone" };
  if (read.outcome === "busy") return { kind: "unavailable" };
  const refuse = async (reason: "too_large" | "malformed", post: ArrivedPost): Promise<Outcome> => {
    const channel = endpoint.kind === "channel" ? endpoint.channel : null;
    await store(house, composeRefusal(post, { type: reason, reason, channel }, house.allowance));
    return { kind: reason };
  };
  if (read.outcome === "too_large") {
    return refuse("too_large", {
      ...arrived,
      bodyBytes: Number(request.headers["content-length"] ?? provider.maxBodyBytes + 1),
    });
  }
  const post: ArrivedPost = { ...arrived, body: read.bytes };
  if (isEncoded(request)) return refuse("malformed", post);
  const raw: RawPost = { url: publicOrigin() + post.path, headers: post.headers, body: post.body };
  let parts: EventPart[];
  try {
    const split = provider.split(raw);
    parts = split instanceof Promise ? await split : split;
  } catch (error) {
    if (error instanceof MalformedPost) return refuse("malformed", post);
    throw error;
  }
  if (provider.beforeVerify) await provider.beforeVerify(raw);
  const routeOf = await findRoutes(house.routes, parts);
  const sorted = sortParts(parts, endpoint, checkPost(provider, raw, post.receivedAt), routeOf);
  if (parts.some((part) => part.raw)) await keepRawMails(sorted.filter((one) => one.verified));
  const composed = composePost(post, sorted, house.allowance);
  await store(house, composed);
  if (provider.confirm) confirmParts(provider, sorted);
  const outcome = outcomeOf(sorted, provider.acknowledgement);
  if (!provider.liveQuestion || outcome.kind !== "stored") return outcome;
  const waiting = { provider, sorted, stored: composed, url: raw.url, since };
  const acknowledgement = await answerLive(waiting, house.answerer, house.clock);
  return acknowledgement ? { kind: "stored", acknowledgement } : outcome;
}

/** Stored already, so nothing waits for it: a sender that was not heard asks again. */
function confirmParts({ name, confirm }: Provider, sorted: readonly SortedPart[]): void {
  for (const { part } of sorted.filter((one) => one.verified)) {
    confirm?.(part).catch((error: unknown) => log.warn({ err: error, provider: name }, "could not be confirmed"));
  }
}

/** What the events may be routed by; without waiting where all of it is known. */
async function findRoutes(
  routes: ChannelRoutes,
  parts: readonly EventPart[],
): Promise<(key: string) => ChannelRoute | null> {
  const wanted = new Set(parts.flatMap((part) => part.routingKeys));
  const found = new Map<string, ChannelRoute | null>();
  for (let tries = 0; ; tries++) {
    for (const key of wanted) {
      const route = routes.known(key);
      if (route !== undefined && wanted.delete(key)) found.set(key, route);
    }
    if (wanted.size === 0) return (key) => found.get(key) ?? null;
    if (tries === 3) throw new Unavailable("the routes change too fast");
    await routes.load([...wanted]);
  }
}

/** Commits the rows of a post; then its events are worked on. */
async function store(house: House, post: LoggedPost | null): Promise<void> {
  if (!post) return;
  await house.commits.add(post);
  try {
    house.stored(post);
  } catch (error) {
    // It is stored: the sweep works on it, and the sender need not come again.
    log.error({ err: error }, "a stored webhook could not be handed on");
  }
}

/** A post is refused only when nothing in it was genuine, and not where every refused channel merely observes. */
function outcomeOf(sorted: readonly SortedPart[], acknowledgement: { contentType: string; body: string }): Outcome {
  const isRefused = (one: SortedPart) => one.reason !== "unknown_account" && !one.verified;
  const refused = sorted.some((one) => one.verified) ? [] : sorted.filter(isRefused);
  return refused.some((one) => !one.channel?.observeMode)
    ? { kind: "bad_signature" }
    : { kind: "stored", acknowledgement };
}

function isEncoded(request: IncomingMessage): boolean {
  const encoding = request.headers["content-encoding"];
  return encoding !== undefined && encoding !== "" && encoding.toLowerCase() !== "identity";
}

/** Header names in lower case; a repeated header's first value, as Node gives it. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in request.headers) {
    const value = request.headers[name];
    if (value !== undefined) headers[name] = typeof value === "string" ? value : value.join(", ");
  }
  return headers;
}
