import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import superjson from "superjson";

import type { AppRouter } from "#server/trpc/root.ts";

import type { Change, LiveListener, LiveState } from "./live.ts";
import { openChannel } from "./tab-channel.lazy.ts";

type Message = { change: Change | null } | { state: LiveState; joined?: true } | { hello: true };

const versionEvery = 30_000;
const firstRetry = 1_000;
const lastRetry = 30_000;

/**
 * Joins the browser's one connection for a tenant. Whichever tab holds the lock keeps the event stream and
 * repeats what it hears to the others; when that tab closes, the next one takes over.
 */
export function connect(tenant: string, listener: LiveListener, signal: AbortSignal): void {
  const name = `guichet-live-${tenant}`;
  const channel = openChannel<Message>(name, (message) => hear(message));
  let state: LiveState = "waiting";
  let leading = false;
  let joined = false;
  const hear = (message: Message) => {
    if ("change" in message) listener.change(message.change);
    else if ("state" in message) listener.state((state = message.state));
    else if (leading) channel.tell({ state, joined: true });
    // What changed between the page's rendering and joining was not heard.
    if ("joined" in message && !joined) {
      joined = true;
      listener.change(null);
    }
  };
  const tell = (message: Message) => {
    hear(message);
    channel.tell(message);
  };
  signal.addEventListener("abort", () => channel.close());

  channel.tell({ hello: true });

  navigator.locks
    .request(name, { signal }, async () => {
      leading = true;
      await lead(tenant, tell, signal);
    })
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
}

/** Holds the stream until the tab lets go. */
function lead(tenant: string, tell: (message: Message) => void, signal: AbortSignal): Promise<void> {
  const client = clientFor(tenant);
  let retry = firstRetry;
  let broken = false;
  let version: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = () => {};

  const listen = () => {
    const subscription = client.live.changes.subscribe(undefined, {
      onStarted: () => {
        retry = firstRetry;
        tell({ state: "live" });
        broken = false;
      },
      // `*`: the server itself had lost sight of the changes for a moment.
      onData: (change) => tell({ change: change.topic === "*" ? null : change }),
      onConnectionStateChange: (connection) => {
        if (connection.state === "connecting" && connection.error) lose();
      },
      onError: () => {
        lose();
        again();
      },
      onComplete: () => again(),
    });
    stop = () => subscription.unsubscribe();
  };
  const lose = () => {
    broken = true;
    tell({ state: "lost" });
  };
  const again = () => {
    stop();
    timer = setTimeout(listen, retry * (0.75 + Math.random() / 2));
    retry = Math.min(lastRetry, retry * 2);
  };
  // A notice can get lost on the way; a version that moved means that something may have.
  const compare = setInterval(async () => {
    const latest = await client.live.version.query().catch(() => undefined);
    if (latest === undefined) return;
    if (version !== undefined && latest !== version) tell({ change: null });
    version = latest;
  }, versionEvery);
  const hurry = () => {
    if (!broken) return;
    clearTimeout(timer);
    stop();
    retry = firstRetry;
    listen();
  };
  globalThis.addEventListener("online", hurry);
  listen();

  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      stop();
      clearTimeout(timer);
      clearInterval(compare);
      globalThis.removeEventListener("online", hurry);
      resolve();
    });
  });
}

export type Api = ReturnType<typeof clientFor>;

/** The procedures, asked from the browser; `ask` instead of its own `fetch`. */
export function clientFor(tenant: string, ask?: typeof fetch) {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        // An event stream cannot carry headers.
        true: httpSubscriptionLink({
          url: `/trpc?${new URLSearchParams({ tenant })}`,
          transformer: superjson,
        }),
        false: httpLink({
          url: "/trpc",
          transformer: superjson,
          headers: { "x-guichet-tenant": tenant },
          ...(ask ? { fetch: (url, init) => ask(url, init as RequestInit) } : {}),
        }),
      }),
    ],
  });
}
