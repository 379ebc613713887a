import { whenChannelsChange } from "#db/channel-notices.ts";
import { currentConfig } from "#server/core/config.ts";
import { open } from "#server/core/crypto.ts";
import { log } from "#server/core/log.ts";
import type { KeyedChannel } from "#server/domains/webhook-logs/index.ts";
import { findChannelsByKey } from "#server/domains/webhook-logs/index.ts";
import { providerNamed } from "#server/providers/registry.ts";

/** A channel as intake needs it, its secrets opened. */
export interface ChannelRoute {
  tenantId: string;
  channelId: string;
  provider: string;
  enabled: boolean;
  observeMode: boolean;
  /** Empty when the channel has none, or none that opens. */
  signingSecret: string;
  verifyToken: string;
}

export interface ChannelRoutes {
  /** The channel of a key as far as it is known: null for nobody's, undefined when nobody asked yet. */
  known(key: string): ChannelRoute | null | undefined;
  /** Makes the keys known. */
  load(keys: readonly string[]): Promise<void>;
  close(): void;
}

interface Entry {
  route: ChannelRoute | null;
  until: number;
}

/** Notices tell of every change; these ages heal a lost one. Unknown keys are asked for again sooner. */
const knownForMs = 60_000;
const unknownForMs = 3_000;
const mostEntries = 20_000;

/** A cache over the routing door. Keys that are missed while a look-up is under way are looked up together, next. */
export function channelRoutes(): ChannelRoutes {
  const entries = new Map<string, Entry>();
  let generation = 0;
  let missed: Set<string> | null = null;
  let next: Promise<void> | null = null;
  let underWay: Promise<void> = Promise.resolve();
  const close = whenChannelsChange(() => {
    generation++;
    entries.clear();
  });

  function known(key: string): ChannelRoute | null | undefined {
    const entry = entries.get(key);
    return entry && entry.until > Date.now() ? entry.route : undefined;
  }

  function load(keys: readonly string[]): Promise<void> {
    if (!missed || !next) {
      const wanted = (missed = new Set<string>());
      const before = underWay.catch(() => undefined);
      next = underWay = before.then(() => {
        missed = next = null;
        return lookUp([...wanted]);
      });
    }
    for (const key of keys) missed.add(key);
    return next;
  }

  async function lookUp(keys: readonly string[]): Promise<void> {
    const asked = generation;
    const found = new Map((await findChannelsByKey(keys)).map((channel) => [channel.key, channel]));
    // Somebody changed a channel meanwhile: this answer serves those who wait for it and nobody after them.
    const age = asked === generation ? 1 : 0;
    const now = Date.now();
    if (entries.size + keys.length > mostEntries) entries.clear();
    for (const key of keys) {
      const channel = found.get(key);
      const route = channel ? openRoute(channel) : null;
      entries.set(key, { route, until: now + Math.max(250, age * (route ? knownForMs : unknownForMs)) });
    }
  }

  return { known, load, close };
}

function openRoute({ tenantId, channelId, provider, enabled, observeMode, ...sealed }: KeyedChannel): ChannelRoute {
  const signingField = providerNamed(provider)?.signingField ?? "";
  let signingSecret = "";
  let verifyToken = "";
  try {
    const unseal = (text: string) => open(currentConfig().keyRing, text, `${tenantId}:${channelId}`);
    const credentials = sealed.configEncrypted
      ? (JSON.parse(unseal(sealed.configEncrypted)) as Record<string, string>)
      : {};
    signingSecret = credentials[signingField] ?? "";
    verifyToken = sealed.verifyToken ? unseal(sealed.verifyToken) : (credentials.verify_token ?? "");
  } catch {
    log.error({ tenantId, channelId }, "the secrets of a channel do not open with the keys of ENCRYPTION_KEY");
  }
  return { tenantId, channelId, provider, enabled, observeMode, signingSecret, verifyToken };
}
