import type { inferRouterOutputs } from "@trpc/server";

import type { calls } from "#app/i18n/fr/calls.ts";
import type { Tone } from "#app/ui/tone.ts";
import type { AppRouter } from "#server/trpc/root.ts";

export type Call = inferRouterOutputs<AppRouter>["calls"]["get"];
export type Turn = Call["transcript"][number];

type StateWord = Extract<keyof typeof calls, `state.${string}`>;

/** What a call is or came to: its words, and the colour that says the same. */
export function callState({ status, direction }: Pick<Call, "status" | "direction">): { word: StateWord; tone: Tone } {
  const isOut = direction === "out";
  if (status === "completed") return { word: isOut ? "state.made" : "state.completed", tone: "neutral" };
  if (status === "no_answer") return { word: isOut ? "state.unanswered" : "state.no_answer", tone: "bad" };
  return { word: `state.${status}`, tone: tones[status] };
}

const tones = {
  queued: "info",
  ringing: "info",
  in_progress: "ok",
  forwarded: "ok",
  voicemail: "warn",
  busy: "bad",
  failed: "bad",
  canceled: "bad",
} as const satisfies Record<string, Tone>;

export const sentimentTones = {
  positive: "ok",
  neutral: "neutral",
  negative: "bad",
  mixed: "warn",
} as const satisfies Record<string, Tone>;

/** It is over and somebody spoke: there may be a recording. */
export function wasSpokenOn({ status, awaited }: Pick<Call, "status" | "awaited">): boolean {
  return !awaited && (status === "completed" || status === "forwarded");
}

/** Turns of one speaker after another, as one. */
export function joinTurns(turns: readonly Turn[]): { speaker: Turn["speaker"]; at: number | null; texts: string[] }[] {
  const joined: { speaker: Turn["speaker"]; at: number | null; texts: string[] }[] = [];
  for (const { speaker, text, at } of turns) {
    const last = joined.at(-1);
    if (last?.speaker === speaker && speaker !== "tool") last.texts.push(text);
    else joined.push({ speaker, at, texts: [text] });
  }
  return joined;
}

/** Seconds into a call as its display shows them: 1:03. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A function that the agent called, as transcripts write it: its name, then its arguments or what it answered. */
export function readFunctionTurn(text: string): { name: string; answer: string | null } | null {
  const [, name, answer] = /^(\w{1,100})(?: → (.+)| \{.*\})?$/s.exec(text) ?? [];
  return name === undefined ? null : { name, answer: answer ?? null };
}
