import { internationalPhone } from "#server/core/phones.ts";
import type { EventPart, Json, JsonObject, LiveAnswer, LiveQuestion } from "../contract.ts";
import { lineOf, spokenLine } from "../call-event.ts";
import { hashOf } from "../read-json.ts";
import { forwardedFromOf, readRetellPost, sidesOf } from "./post.ts";
import { functionKey } from "./split.ts";

/** Retell cuts a function's answer beyond 15,000 characters; the JSON around it counts. */
const longestResult = 14_000;

/** What Retell waits for: the agent for a call that rings, or what a function answered. */
export function liveQuestion(part: EventPart): LiveQuestion | null {
  const read = readRetellPost(part.payload);
  if (read.form === "inbound") {
    const { from, to } = sidesOf(read.call);
    const forwardedFrom = forwardedFromOf(read.call);
    // The call has no id before an agent takes it.
    return { kind: "assistant", callId: hashOf(read.call), from: lineOf(from), to: lineOf(to), forwardedFrom };
  }
  if (read.form !== "function" || read.name === null) return null;
  const call = { key: functionKey(read), name: read.name, arguments: read.args };
  const { theirs } = sidesOf(read.call);
  const from = theirs === null ? null : internationalPhone(theirs);
  return { kind: "functions", callId: read.callId ?? "", from, calls: [call] };
}

/** The answer as Retell reads it. A call for which nobody names an agent goes to the number's own. */
export function liveAnswer(_part: EventPart, answer: LiveAnswer): { contentType: string; body: string } {
  return { contentType: "application/json", body: JSON.stringify(bodyOf(answer)) };
}

function bodyOf(answer: LiveAnswer): Json {
  if (answer.kind === "assistant") {
    const chosen: JsonObject = answer.assistantId === null ? {} : { override_agent_id: answer.assistantId };
    return { call_inbound: chosen };
  }
  if (answer.kind !== "functions") return {};
  const [only] = answer.results;
  if (only?.error) return { error: bounded(only.error) };
  // Read by the agent's own transfer tool, as the variable that its function setting takes from here.
  const through: JsonObject = only?.transferTo ? { transfer_number: only.transferTo } : {};
  return { result: bounded(only?.result ?? ""), ...through };
}

/** One line whose JSON stays within the limit, whatever has to be escaped in it. */
function bounded(text: string): string {
  let line = spokenLine(text, longestResult);
  while (JSON.stringify(line).length > longestResult) line = line.slice(0, Math.floor(line.length / 2)).toWellFormed();
  return line;
}
