import { currentConfig } from "#server/core/config.ts";
import type { Provider, RawPost, Verification } from "#server/providers/contract.ts";

type Verifier = Pick<Provider, "name" | "verify">;

/** Checks a post against what may have signed it, each secret once however many events ask. */
export interface PostCheck {
  /** By the platform's own app. */
  byPlatform(): Verification;
  /** By the platform's app or by the channel that the event belongs to. */
  byChannel(secret: string): Verification;
}

/** A post that names very many channels has each of its first secrets tried, no more: hashing megabytes costs. */
const mostSecrets = 16;

/**
 * Verification of one post, part by part: every part asks with the secret of the channel that it
 * routes to, so that one tenant's signature never vouches for another's number.
 */
export function checkPost(provider: Verifier, post: RawPost, receivedAt: Date): PostCheck {
  const known = new Map<string, Verification>();
  const platformSecrets = secretsOfPlatform(provider.name);
  const bySecret = (secret: string): Verification => {
    if (secret === "") return { ok: false, reason: "not_configured" };
    const before = known.get(secret);
    if (before) return before;
    if (known.size >= mostSecrets) return { ok: false, reason: "signature_mismatch" };
    const verification = provider.verify(post, secret, receivedAt);
    known.set(secret, verification);
    return verification;
  };
  const byPlatform = (): Verification => {
    let last: Verification = { ok: false, reason: "not_configured" };
    for (const secret of platformSecrets) {
      last = bySecret(secret);
      if (last.ok) return last;
    }
    return last;
  };
  return {
    byPlatform,
    byChannel: (secret) => {
      const platform = byPlatform();
      if (platform.ok || secret === "") return platform;
      return bySecret(secret);
    },
  };
}

/** The platform's own apps: one of Meta's for WhatsApp, and for Instagram the app of its own sign-in or Meta's. */
function secretsOfPlatform(name: string): string[] {
  const { meta, connectApps } = currentConfig();
  if (name === "whatsapp") return [meta.appSecret ?? ""].filter(Boolean);
  if (name === "instagram") return [connectApps.instagram?.secret ?? "", meta.appSecret ?? ""].filter(Boolean);
  return [];
}
