import type { EventPart, Verification } from "#server/providers/contract.ts";
import type { PostCheck, WebhookReason } from "#server/domains/webhook-logs/index.ts";
import type { ChannelRoute } from "./channel-routes.ts";
import type { Endpoint } from "./find-endpoint.ts";

/** One event with whose it is and whether it may be acted on. */
export interface SortedPart {
  part: EventPart;
  /** The tenant whose log it belongs to; null: the platform's. */
  tenantId: string | null;
  channel: ChannelRoute | null;
  /** Signed by somebody who may speak for this very channel. */
  verified: boolean;
  status: "received" | "ignored" | "rejected";
  reason: WebhookReason | null;
}

type PostEndpoint = Extract<Endpoint, { kind: "shared" | "channel" }>;

/**
 * Says of each event whose it is and whether it is genuine. At the provider's address every event is
 * checked with the secret of the channel that it names; at a channel's own address events of other
 * tenants are refused, whoever signed them, and stay in that channel's log.
 */
export function sortParts(
  parts: readonly EventPart[],
  endpoint: PostEndpoint,
  check: PostCheck,
  routeOf: (key: string) => ChannelRoute | null,
): SortedPart[] {
  return parts.map((part) => {
    const owner =
      endpoint.kind === "shared" ? sharedOwner(part, endpoint, routeOf) : ownOwner(part, endpoint.channel, routeOf);
    if (owner) return ofChannel(part, owner, check.byChannel(owner.signingSecret));
    if (endpoint.kind === "channel") {
      // Its credentials, and with them its number, are not there yet: it is this channel that is not ready.
      const isUnfinished = endpoint.channel.signingSecret === "";
      return {
        part,
        tenantId: endpoint.channel.tenantId,
        channel: endpoint.channel,
        verified: false,
        status: "rejected",
        reason: isUnfinished ? "not_configured" : "unknown_account",
      };
    }
    return {
      part,
      tenantId: null,
      channel: null,
      verified: check.byPlatform().ok,
      status: "rejected",
      reason: "unknown_account",
    };
  });
}

function sharedOwner(
  part: EventPart,
  endpoint: PostEndpoint,
  routeOf: (key: string) => ChannelRoute | null,
): ChannelRoute | null {
  for (const key of part.routingKeys) {
    const route = routeOf(key);
    if (route?.provider === endpoint.provider.name) return route;
  }
  return null;
}

/** An event that names no number at all is about the address it came to. */
function ownOwner(
  part: EventPart,
  channel: ChannelRoute,
  routeOf: (key: string) => ChannelRoute | null,
): ChannelRoute | null {
  if (part.routingKeys.length === 0) return channel;
  const named = part.routingKeys.map(routeOf).filter((route) => route !== null);
  return (
    named.find((route) => route.channelId === channel.channelId) ??
    named.find((route) => route.tenantId === channel.tenantId && route.provider === channel.provider) ??
    null
  );
}

function ofChannel(part: EventPart, channel: ChannelRoute, verification: Verification): SortedPart {
  const whose = { part, tenantId: channel.tenantId, channel };
  if (!verification.ok) return { ...whose, verified: false, status: "rejected", reason: verification.reason };
  if (!channel.enabled) return { ...whose, verified: true, status: "ignored", reason: "channel_paused" };
  return { ...whose, verified: true, status: "received", reason: null };
}
