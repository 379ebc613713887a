import { digest } from "#server/core/crypto.ts";
import type { Provider } from "#server/providers/contract.ts";
import { providerNamed } from "#server/providers/registry.ts";
import type { ChannelRoute, ChannelRoutes } from "./channel-routes.ts";

/** Which address a request came to. */
export type Endpoint =
  /** The provider's own, for every channel of it. */
  | { kind: "shared"; provider: Provider }
  /** One channel's. */
  | { kind: "channel"; provider: Provider; channel: ChannelRoute }
  /** Looks like a channel's, but belongs to none. */
  | { kind: "nobody" }
  | { kind: "none" };

/** `/webhooks/<provider>`, or a channel's own address with its opaque key last. */
const address = /^\/webhooks\/([a-z]{1,20})(?:\/([\w-]{16,128}))?\/?$/;

export async function findEndpoint(path: string, routes: ChannelRoutes): Promise<Endpoint> {
  const [, name = "", key] = address.exec(path) ?? [];
  const provider = takingPosts(providerNamed(name));
  if (key === undefined) return provider ? { kind: "shared", provider } : { kind: "none" };
  if (!provider && name !== "c") return { kind: "none" };
  const channel = await routeOf(`hook:${digest(key)}`, routes);
  const own = channel && takingPosts(providerNamed(channel.provider));
  return own ? { kind: "channel", provider: own, channel } : { kind: "nobody" };
}

/** A provider that posts; one whose mailboxes we read ourselves has no address here. */
function takingPosts(provider: Provider | null): Provider | null {
  return provider?.openMailbox ? null : provider;
}

/** The channel of one routing key, asked for where it is not known yet. */
async function routeOf(key: string, routes: ChannelRoutes): Promise<ChannelRoute | null> {
  const known = routes.known(key);
  if (known !== undefined) return known;
  await routes.load([key]);
  return routes.known(key) ?? null;
}
