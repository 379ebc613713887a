import type { VoiceAction } from "#server/providers/contract.ts";
import { voiceWords } from "./words.ts";

/** What a channel does with a call at this moment. */
export interface CallPlan {
  language: "fr" | "en";
  /** The tenant's own words; empty says none. */
  greeting: string;
  open: boolean;
  /** Who is rung, E.164 or `sip:…`; null where nobody is. */
  ring: string | null;
  /** Take a message where nobody answers. */
  voicemail: boolean;
}

/** Seconds that somebody is rung, and that a message may last. */
const ringSeconds = 25;
const messageSeconds = 180;

/**
 * What the caller meets at a step of the call: `start`, `dialled` once somebody was rung, `recorded`
 * once a message was left. Depends on nothing else, so that a step asked twice is answered alike.
 */
export function actionsAt(plan: CallPlan, step: string, outcome: string | null): VoiceAction[] {
  const say = (text: string): VoiceAction[] => (text === "" ? [] : [{ do: "say", text, language: plan.language }]);
  const words = voiceWords[plan.language];
  const endWith = (why: string): VoiceAction[] =>
    plan.voicemail
      ? [...say(why), ...say(words.leaveMessage), { do: "record", maxSeconds: messageSeconds, next: "recorded" }]
      : [...say(why), ...say(words.writeToUs), { do: "hang_up" }];
  switch (step) {
    case "start":
      if (!plan.open) return [...say(plan.greeting), ...endWith(words.closed)];
      if (plan.ring === null) return [...say(plan.greeting), ...endWith(plan.voicemail ? "" : words.nobody)];
      return [...say(plan.greeting), { do: "dial", number: plan.ring, seconds: ringSeconds, next: "dialled" }];
    case "dialled":
      return outcome === "answered" ? [{ do: "hang_up" }] : endWith(words.nobody);
    case "recorded":
      return outcome === "recorded" ? [...say(words.thanks), { do: "hang_up" }] : [{ do: "hang_up" }];
    default:
      return [{ do: "hang_up" }];
  }
}
