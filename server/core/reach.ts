import { lookup } from "node:dns";
import { lookup as lookUp } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { currentConfig, isConfigured } from "./config.ts";

/** A private network's own addresses: reached only where the operator said so. The rest of the special ones never are. */
const privateRanges: ReadonlySet<string> = new Set(["private", "loopback", "uniqueLocal", "carrierGradeNat"]);

/**
 * A server that a tenant named, or a post, lies where only the machine itself should reach: the program
 * asks nothing of it, lest it look around in its operator's network for a stranger.
 */
export class PrivateAddress extends Error {
  override name = "PrivateAddress";
  /** Read like the codes of Node's own errors. */
  readonly code = "EPRIVATE";

  constructor(host: string) {
    super(`${host} is an address of a private network`);
  }
}

/** Whether an address (IPv4 or IPv6, as text) may be connected to on a tenant's word. */
export function mayReach(address: string): boolean {
  const range = ipaddr.process(address).range();
  return range === "unicast" || (privateRanges.has(range) && isConfigured() && currentConfig().privateNetwork);
}

/**
 * The address to connect to for a host that a tenant named: resolved and judged once, so that no second
 * answer of the name server can lead elsewhere. Throws {@link PrivateAddress}, or what DNS throws.
 */
export async function reachableAddress(host: string): Promise<string> {
  const found = await lookUp(host, { all: true });
  const open = found.filter(({ address }) => mayReach(address));
  // One address, so the one that most machines have a way to.
  const chosen = open.find(({ family }) => family === 4) ?? open[0];
  if (!chosen) throw new PrivateAddress(host);
  return chosen.address;
}

/** For `net.connect`, HTTP and TLS: answers only addresses that may be reached. Hosts that are addresses never ask it. */
export const lookUpReachable: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, "");
    const open = found.filter(({ address }) => mayReach(address));
    const first = open[0];
    if (!first) return done(new PrivateAddress(host), "");
    if (options.all) done(null, open);
    else done(null, first.address, first.family);
  });
};

/** Throws {@link PrivateAddress} for a URL whose host is itself an address that may not be reached. */
export function refusePrivateHost({ hostname }: URL): void {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !mayReach(host)) throw new PrivateAddress(host);
}
