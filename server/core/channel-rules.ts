/** What a provider allows when we write to a person. Facts of the providers' own documentation. */
export interface ChannelRules {
  /** Free text is allowed for this long after the customer's last message; null is always. */
  replyWindowMs: number | null;
  /** Characters (UTF-16 code units, as the browser counts them). */
  maxTextLength: number;
}

const day = 24 * 60 * 60 * 1000;

/** By provider name. Read by the verbs, which know no vendor, and by the vendors' own folders. */
export const channelRules = {
  whatsapp: { replyWindowMs: day, maxTextLength: 4096 },
  twilio: { replyWindowMs: null, maxTextLength: 1600 },
} as const satisfies Record<string, ChannelRules>;

/** The rules of a channel's provider; null for one that cannot be written to. */
export function rulesOf(provider: string): ChannelRules | null {
  return Object.hasOwn(channelRules, provider) ? channelRules[provider as keyof typeof channelRules] : null;
}
