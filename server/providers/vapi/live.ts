import { internationalPhone } from "#server/core/phones.ts";
import type { EventPart, FunctionResult, Json, LiveAnswer, LiveQuestion } from "../contract.ts";
import { lineOf, spokenLine } from "../call-event.ts";
import { hashOf } from "../read-json.ts";
import { readServerMessage, type ServerMessage } from "./server-message.ts";
import { functionCallsIn, type FunctionCall } from "./tool-calls.ts";

/** Vapi puts a result into the model's context: more than this only slows the voice down. */
const longestResult = 4_000;

/** What Vapi waits for: an assistant for a call, or what functions answered. */
export function liveQuestion(part: EventPart): LiveQuestion | null {
  const read = readServerMessage(part.payload);
  const { callId, type, direction, customer, ourNumber, forwardedFrom } = read;
  if (callId === null) return null;
  if (type === "assistant-request") {
    const [theirs, ours] = [lineOf(customer.number), lineOf(ourNumber)];
    const [from, to] = direction === "in" ? [theirs, ours] : [ours, theirs];
    return { kind: "assistant", callId, from, to, forwardedFrom };
  }
  const calls = callsIn(read);
  const from = customer.number === null ? null : internationalPhone(customer.number);
  return calls.length === 0 ? null : { kind: "functions", callId, from, calls };
}

/** The model asks for a person: a tool of Vapi's own, whose destination it has from us. */
const wherePutThrough = "transfer-destination-request";

function callsIn({ type, message }: ServerMessage): FunctionCall[] {
  if (type === "tool-calls" || type === "function-call") return functionCallsIn(message);
  return type === wherePutThrough
    ? [{ key: `transfer:${hashOf(message)}`, name: "transfer_to_human", arguments: {} }]
    : [];
}

/** The answer as Vapi reads it; always with HTTP 200, each result one line of text. */
export function liveAnswer(part: EventPart, answer: LiveAnswer): { contentType: string; body: string } {
  return json(bodyOf(part, answer));
}

function bodyOf(part: EventPart, answer: LiveAnswer): Json {
  if (answer.kind === "assistant") {
    if (answer.error !== null) return { error: spokenLine(answer.error, 500) };
    if (answer.assistantId !== null) return { assistantId: answer.assistantId };
    return answer.definition ? { assistant: answer.definition } : { error: "" };
  }
  if (answer.kind !== "functions") return {};
  const [only] = answer.results;
  const { type } = readServerMessage(part.payload);
  if (type === wherePutThrough) return destinationOf(only);
  const lines = answer.results.map(({ key, name, result, error }) => ({
    toolCallId: key,
    name,
    ...(error === null
      ? { result: spokenLine(result ?? "", longestResult) }
      : { error: spokenLine(error, longestResult) }),
  }));
  // The older single call reads its answer without a list around it.
  const older = type === "function-call" && only;
  return older ? { result: spokenLine(only.result ?? only.error ?? "", longestResult) } : { results: lines };
}

function destinationOf(answer: FunctionResult | undefined): Json {
  const said = spokenLine(answer?.result ?? answer?.error ?? "", 500);
  return answer?.transferTo
    ? { destination: { type: "number", number: answer.transferTo, message: said } }
    : { error: said };
}

function json(body: Json): { contentType: string; body: string } {
  return { contentType: "application/json", body: JSON.stringify(body) };
}
