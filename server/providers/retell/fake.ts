import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import type { Context } from "hono";
import type { Json, JsonObject } from "../contract.ts";
import { firstText, objectOf } from "../read-json.ts";
import type { CallAccount, CallVendor, PlayedCall, PlayedCalls } from "../stand-in-calls.ts";
import { createCallStandIn, toneRecording } from "../stand-in-calls.ts";
import type { CallStandIn, StandInOptions } from "../stand-in.ts";
import { serveAgents } from "./stand-in-agent.ts";
import { signatureOf } from "./verify.ts";

/** A stand-in for Retell: its events, its functions and the part of its API that we ask. */
export function createRetellFake(options: StandInOptions): CallStandIn {
  const recordingUrl = (call: PlayedCall) =>
    `${options.apiBaseUrl ?? "https://api.retellai.com"}/recordings/${call.id}.wav`;
  const event = (name: string, call: PlayedCall, more: JsonObject = {}): Json => ({
    event: name,
    call: { ...callObject(call), ...more },
  });
  const vendor: CallVendor = {
    provider: "retell",
    account: ({ agent_id: id = "", phone_number: number = "" }) => ({ id, address: number || id }),
    // One key opens the API and signs the posts.
    faulty: { token_revoked: "api_key", secret_renewed: "api_key" },
    newCallId: () => `call_${randomBytes(14).toString("hex")}`,
    sign: ({ credentials }, body) => ({
      "x-retell-signature": signatureOf(new TextEncoder().encode(body), new Date(), credentials.api_key ?? ""),
    }),
    assistantQuestion: (call) => ({
      event: "call_inbound",
      call_inbound: { from_number: call.caller.address, to_number: call.account.address, ...forwarding(call) },
    }),
    readAssistant: (answer) => {
      const agentId = firstText(objectOf(objectOf(answer)?.call_inbound), "override_agent_id");
      return agentId ? { assistantId: agentId } : null;
    },
    functionQuestion: (call, key, name, args) => {
      const invocation = { role: "tool_call_invocation", tool_call_id: key, name, arguments: JSON.stringify(args) };
      return { name, args, call: { ...callObject(call), transcript_with_tool_calls: [...turnsOf(call), invocation] } };
    },
    readFunction: (answer) => firstText(objectOf(answer), "result", "error") ?? "",
    readTransfer: (answer) => firstText(objectOf(answer), "transfer_number"),
    // Retell says nothing before somebody takes the call.
    rung: () => [],
    answered: (call) => [event("call_started", call)],
    spoken: (call) => [event("transcript_updated", call, { transcript_with_tool_calls: turnsOf(call) })],
    ended: (call) => (call.answeredAt ? [event("call_ended", call, endOf(call, recordingUrl(call)))] : []),
    reported: (call) =>
      call.answeredAt
        ? [event("call_analyzed", call, { ...endOf(call, recordingUrl(call)), call_analysis: analysisOf(call) })]
        : [],
    hungUp: "user_hangup",
    refused: "registered_call_timeout",
    putThrough: "call_transfer",
  };
  return createCallStandIn(vendor, options, (played) => createApi(played, recordingUrl));
}

function createApi(played: PlayedCalls, recordingUrl: (call: PlayedCall) => string): Hono {
  const app = new Hono();
  const allowed = (context: Context): CallAccount[] => {
    const { failSends } = played.behaviour();
    const authorization = context.req.header("authorization");
    return failSends === null
      ? played.accounts().filter(({ credentials }) => authorization === `Bearer ${credentials.api_key}`)
      : [];
  };
  const refuse = (context: Context) => context.json({ status: "error", message: "API key is invalid." }, 401);
  const missing = (context: Context) => context.json({ status: "error", message: "Cannot find requested asset." }, 422);
  serveAgents(app, { allowed, refuse, missing });
  app.get("/get-phone-number/:number", (context) => {
    const accounts = allowed(context);
    if (accounts.length === 0) return refuse(context);
    const found = accounts.find(({ address }) => address === context.req.param("number"));
    return found
      ? context.json({ phone_number: found.address, inbound_agent_id: found.id, inbound_webhook_url: found.webhookUrl })
      : missing(context);
  });
  app.get("/v2/get-call/:id", (context) => {
    if (allowed(context).length === 0) return refuse(context);
    const call = played.call(context.req.param("id"));
    if (!call) return missing(context);
    const end = call.status === "ended" ? { ...endOf(call, recordingUrl(call)), call_analysis: analysisOf(call) } : {};
    return context.json({ ...callObject(call), ...end });
  });
  app.get("/recordings/:file", (context) => context.body(toneRecording(), 200, { "content-type": "audio/wav" }));
  return app;
}

function callObject(call: PlayedCall): JsonObject {
  const statuses = { ringing: "registered", in_progress: "ongoing", ended: "ended" };
  return {
    call_type: "phone_call",
    call_id: call.id,
    agent_id: call.assistantId,
    call_status: statuses[call.status],
    direction: "inbound",
    from_number: call.caller.address,
    to_number: call.account.address,
    ...(call.answeredAt ? { start_timestamp: call.answeredAt.getTime() } : {}),
    ...forwarding(call),
  };
}

function forwarding({ forwardedFrom }: PlayedCall): JsonObject {
  return forwardedFrom ? { custom_sip_headers: { Diversion: `<sip:${forwardedFrom}@operateur.example>` } } : {};
}

function turnsOf(call: PlayedCall): Json[] {
  const from = (call.answeredAt ?? call.startedAt).getTime();
  return call.turns.map(({ speaker, text, at }): Json => {
    const start = Math.max(0, (at.getTime() - from) / 1000);
    if (speaker === "tool") return { role: "tool_call_result", content: text, time_sec: start };
    return {
      role: speaker === "agent" ? "agent" : "user",
      content: text,
      words: [{ word: text, start, end: start + 1 }],
    };
  });
}

function endOf(call: PlayedCall, recordingUrl: string): JsonObject {
  const end = (call.endedAt ?? new Date()).getTime();
  return {
    call_status: "ended",
    end_timestamp: end,
    duration_ms: call.answeredAt ? end - call.answeredAt.getTime() : 0,
    disconnection_reason: call.endedReason,
    transcript_with_tool_calls: turnsOf(call),
    recording_url: recordingUrl,
    call_cost: { combined_cost: 7, product_costs: [] },
  };
}

function analysisOf(call: PlayedCall): JsonObject {
  const said = call.turns.find(({ speaker }) => speaker === "customer")?.text;
  return {
    call_summary: said ? `La personne a dit : « ${said} »` : "La personne n'a rien dit.",
    user_sentiment: "Neutral",
    call_successful: true,
  };
}
