/** What a provider allows when we write to a person. Facts of the providers' own documentation. */
export interface ChannelRules {
  /** Free text is allowed for this long after the customer's last message; null is always. */
  replyWindowMs: number | null;
  /** Characters (UTF-16 code units, as the browser counts them). */
  maxTextLength: number;
  /** The same in bytes of UTF-8, where the provider counts those. */
  maxTextBytes?: number;
  /** How long a member, never a program, may still answer after the customer's last message. */
  humanAgentWindowMs?: number;
  /** How long a public comment may be answered by one private message. */
  privateReplyWindowMs?: number;
  /** What a message may be answered with by one sign; none unless said. */
  reactions?: readonly string[];
  /** The customer sees that a member read their message. */
  tellsRead?: true;
  /** The provider echoes whatever the business says, what we sent included. */
  echoesEverything?: true;
  /** Messages name people by an id only: their profile says what they are called. */
  namesByProfile?: true;
  /** An automatic reply may travel in the answer to the customer's own post, for this long. */
  answersPostsForMs?: number;
}

const day = 24 * 60 * 60 * 1000;

/** By provider name. Read by the verbs, which know no vendor, and by the vendors' own folders. */
export const channelRules = {
  whatsapp: {
    replyWindowMs: day,
    maxTextLength: 4096,
    reactions: ["👍", "❤️", "😂", "😮", "🙏"],
    tellsRead: true,
  },
  instagram: {
    replyWindowMs: day,
    maxTextLength: 1000,
    maxTextBytes: 1000,
    humanAgentWindowMs: 7 * day,
    privateReplyWindowMs: 7 * day,
    echoesEverything: true,
    namesByProfile: true,
  },
  twilio: { replyWindowMs: null, maxTextLength: 1600, answersPostsForMs: 15_000 },
  email: { replyWindowMs: null, maxTextLength: 100_000 },
  sendgrid: { replyWindowMs: null, maxTextLength: 100_000 },
  mailgun: { replyWindowMs: null, maxTextLength: 100_000 },
  postmark: { replyWindowMs: null, maxTextLength: 100_000 },
  ses: { replyWindowMs: null, maxTextLength: 100_000 },
} as const satisfies Record<string, ChannelRules>;

/** Where a provider carries channels of several types and they differ, by provider and type; null: only heard from. */
const rulesByType: Readonly<Record<string, ChannelRules | null>> = {
  "twilio whatsapp": { replyWindowMs: day, maxTextLength: 1600, answersPostsForMs: 15_000 },
  "twilio phone": null,
};

/** The rules of a channel; null for one that cannot be written to. */
export function rulesOf(provider: string, channelType: string): ChannelRules | null {
  const own = `${provider} ${channelType}`;
  if (Object.hasOwn(rulesByType, own)) return rulesByType[own] ?? null;
  return Object.hasOwn(channelRules, provider) ? channelRules[provider as keyof typeof channelRules] : null;
}
