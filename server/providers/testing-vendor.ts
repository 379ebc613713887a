import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { ChannelAccess, EventPart, InboundEvent, Provider, RawPost } from "./contract.ts";
import type { StandIn, StandInOptions } from "./stand-in.ts";

/** A verified event that a stand-in posted. */
export interface Received {
  part: EventPart;
  event: InboundEvent;
  verified: boolean;
  headers: Readonly<Record<string, string>>;
}

/**
 * A stand-in and the program it posts to, on one real HTTP server: posts are verified and read by the
 * provider itself. `failNext` answers that many posts with 500.
 */
export async function startVendor<Kind extends StandIn>(
  provider: Provider,
  make: (options: StandInOptions) => Kind,
  credentials: Readonly<Record<string, string>>,
  retryDelaysMs: readonly number[] = [10, 20, 40],
  /** What a question in a post is answered; null: the acknowledgement. */
  answer: (part: EventPart) => string | null = () => null,
) {
  const received: Received[] = [];
  const posts: RawPost[] = [];
  let failures = 0;
  const app = new Hono();
  const server = createServer(getRequestListener(app.fetch));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const webhookUrl = `${origin}/webhooks/${provider.name}`;
  const apiBaseUrl = `${origin}/simulator/api/${provider.name}`;
  const standIn = make({ webhookUrl, apiBaseUrl, retryDelaysMs });
  const account = standIn.addAccount(credentials);
  app.route(`/simulator/api/${provider.name}`, standIn.app);
  // With a last part, it is the address of one channel.
  app.on("POST", [`/webhooks/${provider.name}`, `/webhooks/${provider.name}/:key`], async (context) => {
    if (failures > 0) {
      failures -= 1;
      return context.text("later", 500);
    }
    const post: RawPost = {
      url: context.req.url,
      headers: context.req.header(),
      body: new Uint8Array(await context.req.arrayBuffer()),
    };
    posts.push(post);
    await provider.beforeVerify?.(post);
    const verified = provider.verify(post, credentials[provider.signingField] ?? "").ok;
    const parts = await provider.split(post);
    for (const part of parts) {
      received.push({ part, ...provider.parse(part.payload, new Date()), verified, headers: post.headers });
    }
    return context.body((parts[0] && answer(parts[0])) ?? provider.acknowledgement.body);
  });
  const channel: ChannelAccess = { channelId: "channel", tenantId: "tenant", credentials, apiBaseUrl };
  return {
    standIn,
    account,
    channel,
    webhookUrl,
    received,
    /** The posts that `received` came in, as they were. */
    posts,
    eventsOf: <K extends InboundEvent["kind"]>(kind: K) =>
      received
        .map(({ event }) => event)
        .filter((event): event is Extract<InboundEvent, { kind: K }> => event.kind === kind),
    failNext: (count: number) => {
      failures = count;
    },
    async stop(): Promise<void> {
      standIn.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A text to send, ready but for what the test is about. */
export function outbound(id: string, to: string, text = "Bonjour, oui !") {
  return { id, to: { kind: "phone" as const, value: to }, text, replyToId: null, statusCallbackUrl: null };
}

/** An address where nothing listens. */
export async function closedAddress(): Promise<string> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}
