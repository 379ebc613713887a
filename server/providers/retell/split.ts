import { MalformedPost, type EventPart, type JsonObject, type RawPost } from "../contract.ts";
import { argumentsOf } from "../call-event.ts";
import { firstText, hashOf, keyOf, objectOf, readJson } from "../read-json.ts";
import { callIdOf, forwardedFromOf, readRetellPost, sidesOf, type RetellPost } from "./post.ts";

/** A post of Retell: an event of a call, a call that rings, or a function. Throws {@link MalformedPost}. */
export function split(post: RawPost): EventPart[] {
  const body = objectOf(readJson(post.body));
  if (!body) throw new MalformedPost("not an object");
  const payload = payloadOf(body, post);
  const read = readRetellPost(payload);
  const call = read.form === "unknown" ? null : read.call;
  return [
    {
      routingKeys: routingKeys(call),
      type: typeOf(read),
      externalId: callIdOf(call) ?? (read.form === "function" ? read.callId : null),
      dedupeKey: keyOf(dedupeKey(read)),
      customerIdentifier: short(sidesOf(call).theirs),
      occurredAt: null,
      payload,
    },
  ];
}

/**
 * A function comes as `{name, call, args}`, or as its bare arguments: then its name and call stand in the
 * address (`?function=…&call_id=…`), and it belongs to the channel that the address is of.
 */
function payloadOf(body: JsonObject, post: RawPost): JsonObject {
  if (typeof body.event === "string" || objectOf(body.call_inbound)) return trimmed(body);
  const call = objectOf(body.call);
  if (typeof body.name === "string" && (body.args !== undefined || call)) {
    const { name, args } = body;
    return { function: { name, args: argumentsOf(args ?? {}) }, ...(call ? { call: trimmed(call) } : {}) };
  }
  if (call) return trimmed(body);
  const query = URL.canParse(post.url) ? new URL(post.url).searchParams : new URLSearchParams();
  const callId = query.get("call_id");
  return {
    function: {
      name: query.get("function")?.slice(0, 100).toWellFormed() ?? null,
      args: body,
      ...(callId ? { call_id: callId.slice(0, 255).toWellFormed() } : {}),
    },
  };
}

/** Without what only weighs: words one by one, latencies, the scrubbed copies. */
function trimmed(source: JsonObject): JsonObject {
  const heavy = new Set([
    "words",
    "latency",
    "llm_token_usage",
    "scrubbed_transcript_with_tool_calls",
    "custom_sip_headers_raw",
  ]);
  const walk = (value: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !heavy.has(name))
        .map(([name, inner]) => {
          if (name === "transcript_object" || name === "transcript_with_tool_calls") return [name, withEnds(inner)];
          const object = objectOf(inner);
          return [name, object ? walk(object) : inner];
        }),
    );
  return walk(source);
}

/** Turns keep when they began and ended instead of every word's own time. */
function withEnds(turns: JsonObject[string] | undefined): JsonObject[string] {
  if (!Array.isArray(turns)) return turns ?? null;
  return turns.map((item) => {
    const turn = objectOf(item);
    if (!turn || !Array.isArray(turn.words)) return item;
    const { words, ...rest } = turn;
    const start = objectOf(words[0])?.start;
    const end = objectOf(words.at(-1))?.end;
    return { ...rest, ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
  });
}

function routingKeys(call: JsonObject | null): string[] {
  const agent = firstText(call, "agent_id");
  const { ours } = sidesOf(call);
  const forwarded = forwardedFromOf(call);
  return [
    ...(agent === null ? [] : [keyOf(`retell:agent:${agent}`)]),
    ...(ours === null ? [] : [keyOf(`retell:number:${ours}`)]),
    ...(forwarded === null ? [] : [keyOf(`retell:forwarded:${forwarded}`)]),
  ];
}

function typeOf(read: RetellPost): string {
  const name =
    read.form === "event" || read.form === "unknown"
      ? read.event
      : read.form === "function"
        ? `function.${read.name ?? "unnamed"}`
        : `call_${read.form}`;
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, "_")
    .slice(0, 64);
}

function dedupeKey(read: RetellPost): string {
  switch (read.form) {
    case "event": {
      const { event, call } = read;
      const about = `${event}:${callIdOf(call) ?? hashOf(call)}`;
      // Sent again and again while the call goes on, each time with more words.
      return event === "transcript_updated" ? `${about}:${hashOf(call)}` : about;
    }
    case "inbound":
      return `call_inbound:${hashOf(read.call)}`;
    case "function":
      return `function:${read.callId ?? "-"}:${functionKey(read)}`;
    default:
      return `unknown:${hashOf(read.form === "call" ? read.call : read.event)}`;
  }
}

/**
 * One call of a function, whichever post repeats it: the id that the transcript gives the invocation, else
 * a hash of name and arguments.
 */
export function functionKey({ name, args, call }: Extract<RetellPost, { form: "function" }>): string {
  const turns = Array.isArray(call?.transcript_with_tool_calls) ? call.transcript_with_tool_calls : [];
  const invoked = turns
    .map((turn) => objectOf(turn))
    .findLast((turn) => firstText(turn, "role") === "tool_call_invocation" && firstText(turn, "name") === name);
  return keyOf(firstText(invoked ?? null, "tool_call_id") ?? `hash:${hashOf([name, args])}`);
}

function short(number: string | null): string | null {
  return number === null ? null : keyOf(number);
}
