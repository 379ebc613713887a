import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { Context } from "hono";
import type { Json, JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import type { CallAccount, CallVendor, PlayedCall, PlayedCalls } from "../stand-in-calls.ts";
import { createCallStandIn, toneRecording } from "../stand-in-calls.ts";
import type { CallStandIn, StandInOptions } from "../stand-in.ts";
import { serveAssistants } from "./stand-in-assistant.ts";

/** A stand-in for Vapi: its server messages and the part of its API that we ask. */
export function createVapiFake(options: StandInOptions): CallStandIn {
  const recordingUrl = (call: PlayedCall) => `${options.apiBaseUrl ?? "https://api.vapi.ai"}/recordings/${call.id}.wav`;
  const message = (type: string, call: PlayedCall, more: JsonObject = {}): Json => ({
    message: {
      type,
      timestamp: Date.now(),
      call: callObject(call),
      phoneNumber: numberObject(call.account),
      customer: customerOf(call),
      ...more,
    },
  });
  const vendor: CallVendor = {
    provider: "vapi",
    account: ({ assistant_id: id = "", phone_number: number = "" }) => ({ id, address: number || id }),
    faulty: { token_revoked: "api_key", secret_renewed: "server_secret" },
    newCallId: randomUUID,
    sign: ({ credentials }) => ({ "x-vapi-secret": credentials.server_secret ?? "" }),
    assistantQuestion: (call) => message("assistant-request", call),
    readAssistant: (answer) => {
      const assistantId = firstText(objectOf(answer), "assistantId");
      const error = firstText(objectOf(answer), "error");
      return assistantId ? { assistantId } : error ? { sentence: error } : null;
    },
    functionQuestion: (call, id, name, args) => {
      // Who is rung is asked by a tool of Vapi's own.
      if (name === "transfer_to_human") return message("transfer-destination-request", call);
      const toolCall = { id, type: "function", function: { name, arguments: args } };
      return message("tool-calls", call, { toolCallList: [toolCall], toolCalls: [toolCall] });
    },
    readFunction: (answer) => {
      const [result] = listOf(objectOf(answer)?.results);
      const destination = objectOf(objectOf(answer)?.destination);
      return (
        firstText(objectOf(result), "result", "error") ??
        firstText(destination, "message") ??
        firstText(objectOf(answer), "error") ??
        ""
      );
    },
    readTransfer: (answer) => firstText(objectOf(objectOf(answer)?.destination), "number"),
    rung: (call) => [message("status-update", call, { status: "ringing" })],
    answered: (call) => [message("status-update", call, { status: "in-progress" })],
    spoken: (call) => [message("conversation-update", call, { messages: messagesOf(call) })],
    ended: (call) => [message("status-update", call, { status: "ended", endedReason: call.endedReason })],
    reported: (call) => [message("end-of-call-report", call, reportOf(call, recordingUrl(call)))],
    hungUp: "customer-ended-call",
    refused: "assistant-request-returned-error",
    putThrough: "assistant-forwarded-call",
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
  const refuse = (context: Context) =>
    context.json({ message: "Invalid Key.", error: "Unauthorized", statusCode: 401 }, 401);
  const missing = (context: Context) =>
    context.json({ message: "Not Found", error: "Not Found", statusCode: 404 }, 404);
  serveAssistants(app, { allowed, refuse, missing });
  app.get("/phone-number/:id", (context) => {
    const accounts = allowed(context);
    if (accounts.length === 0) return refuse(context);
    const found = accounts.find(({ credentials }) => credentials.phone_number_id === context.req.param("id"));
    return found ? context.json(numberObject(found)) : missing(context);
  });
  app.get("/call/:id", (context) => {
    if (allowed(context).length === 0) return refuse(context);
    const call = played.call(context.req.param("id"));
    if (!call) return missing(context);
    const ended = call.status === "ended" ? reportOf(call, recordingUrl(call)) : {};
    return context.json({ ...callObject(call), ...ended });
  });
  app.get("/recordings/:file", (context) => context.body(toneRecording(), 200, { "content-type": "audio/wav" }));
  return app;
}

function callObject(call: PlayedCall): JsonObject {
  const statuses = { ringing: "ringing", in_progress: "in-progress", ended: "ended" };
  return {
    id: call.id,
    type: "inboundPhoneCall",
    status: statuses[call.status],
    createdAt: call.startedAt.toISOString(),
    updatedAt: (call.endedAt ?? new Date()).toISOString(),
    phoneNumberId: call.account.credentials.phone_number_id ?? "",
    customer: customerOf(call),
    ...(call.assistantId ? { assistantId: call.assistantId } : {}),
    ...(call.answeredAt ? { startedAt: call.answeredAt.toISOString() } : {}),
    ...(call.forwardedFrom ? { transport: { provider: "twilio", forwardedFrom: call.forwardedFrom } } : {}),
  };
}

function numberObject({ credentials }: CallAccount): JsonObject {
  return { id: credentials.phone_number_id ?? "", number: credentials.phone_number ?? "", provider: "vapi" };
}

function customerOf({ caller }: PlayedCall): JsonObject {
  return { number: caller.address, ...(caller.name ? { name: caller.name } : {}) };
}

function messagesOf(call: PlayedCall): Json[] {
  const roles = { agent: "bot", customer: "user", tool: "tool_call_result" };
  return call.turns.map(({ speaker, text, at }) => ({
    role: roles[speaker],
    ...(speaker === "tool" ? { result: text } : { message: text }),
    time: at.getTime(),
    secondsFromStart: (at.getTime() - call.startedAt.getTime()) / 1000,
  }));
}

function reportOf(call: PlayedCall, recordingUrl: string): JsonObject {
  const said = call.turns.find(({ speaker }) => speaker === "customer")?.text;
  return {
    endedReason: call.endedReason,
    endedAt: (call.endedAt ?? new Date()).toISOString(),
    ...(call.answeredAt ? { startedAt: call.answeredAt.toISOString() } : {}),
    cost: 0.07,
    analysis: {
      summary: said ? `La personne a dit : « ${said} »` : "La personne n'a rien dit.",
      structuredData: { sentiment: "neutral" },
    },
    artifact: { messages: messagesOf(call), ...(call.answeredAt ? { recordingUrl } : {}) },
  };
}
