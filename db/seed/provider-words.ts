import { callWords } from "./call-words.ts";
import { instagramWords } from "./instagram-words.ts";
import { mailWords } from "./mail-words.ts";
import type { PlannedMessage } from "./plan-threads.ts";
import { twilioWords } from "./twilio-words.ts";
import { whatsappWords } from "./whatsapp-words.ts";

/** One event in its provider's words: the post that carried it, and the part of it that the log keeps. */
export interface ProviderWords {
  type: string;
  dedupeKey: string;
  payload: Record<string, unknown>;
  body: string;
  headers: Record<string, string>;
  path: string;
}

export type Outcome = "sent" | "delivered" | "read" | "failed";

/** What the provider posted for a message: the message itself, or (with `outcome`) a report of its delivery. */
export function wordsOf(line: PlannedMessage, outcome: Outcome | null): ProviderWords {
  switch (line.thread.channel.provider) {
    case "whatsapp":
      return whatsappWords(line, outcome);
    case "twilio":
      return twilioWords(line, outcome);
    case "instagram":
      return instagramWords(line, outcome);
    case "email":
      return mailWords(line);
    case "vapi":
    case "retell":
      return callWords(line);
  }
}
