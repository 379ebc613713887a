/**
 * Whether an address shown by a provider is one of ours: the channel's own, or the one that all its
 * channels share (the same without its opaque last part).
 */
export function isOurWebhook(shown: string, own: string): boolean {
  const bare = shown.replace(/\/+$/, "");
  return bare === own.replace(/\/+$/, "") || bare === own.replace(/\/[^/]+\/?$/, "");
}
