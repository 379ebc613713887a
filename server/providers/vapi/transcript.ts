import type { Json } from "../contract.ts";
import type { CallTurn } from "../call-event.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import { functionCallsIn } from "./tool-calls.ts";

const mostTurns = 2_000;
const speakers: Readonly<Record<string, CallTurn["speaker"]>> = {
  bot: "agent",
  assistant: "agent",
  user: "customer",
};

/** Vapi's messages as turns, tools in between; what configures the model (`system`) was said to nobody. */
export function turnsOf(messages: Json | undefined): CallTurn[] | null {
  const turns = listOf(messages)
    .slice(0, mostTurns)
    .flatMap((item): CallTurn[] => {
      const message = objectOf(item);
      const role = firstText(message, "role") ?? "";
      const at = secondsOf(message?.secondsFromStart);
      if (message && (role === "tool_calls" || message.toolCalls !== undefined)) {
        return functionCallsIn(message).map(({ name, arguments: args }) => ({
          speaker: "tool",
          text: `${name} ${JSON.stringify(args)}`.slice(0, 2_000).toWellFormed(),
          at,
        }));
      }
      if (role === "tool_call_result" || role === "tool") {
        const words = [firstText(message, "name"), firstText(message, "result", "content")].filter(Boolean);
        return words.length === 0
          ? []
          : [{ speaker: "tool", text: words.join(" → ").slice(0, 2_000).toWellFormed(), at }];
      }
      const speaker = Object.hasOwn(speakers, role) ? speakers[role] : undefined;
      const text = firstText(message, "message", "content");
      return speaker && text !== null ? [{ speaker, text: text.slice(0, 5_000).toWellFormed(), at }] : [];
    });
  return turns.length === 0 ? null : turns;
}

function secondsOf(value: Json | undefined): number | null {
  return typeof value === "number" && value >= 0 && value < 1e6 ? Math.round(value * 10) / 10 : null;
}

/** The report's running text (`AI: … User: …`), where the messages were left out of it. */
export function turnsOfText(text: string | null): CallTurn[] | null {
  const turns = (text ?? "")
    .slice(0, 200_000)
    .split(/\n+|(?=\b(?:AI|User): )/)
    .slice(0, mostTurns)
    .flatMap((line): CallTurn[] => {
      const [, who, words] = /^\s*(AI|User): (.*)$/.exec(line) ?? [];
      return who && words?.trim()
        ? [
            {
              speaker: who === "AI" ? "agent" : "customer",
              text: words.trim().slice(0, 5_000).toWellFormed(),
              at: null,
            },
          ]
        : [];
    });
  return turns.length === 0 ? null : turns;
}
