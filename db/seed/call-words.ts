import type { PlannedMessage } from "./plan-threads.ts";
import type { ProviderWords } from "./provider-words.ts";
import type { DemoCall } from "./shape.ts";

/** The report at the end of a call, which says all of it. */
export function callWords(line: PlannedMessage): ProviderWords {
  const { call } = line.extra;
  if (!call) throw new Error("a line of the phone is a call");
  return line.thread.channel.provider === "vapi" ? vapiWords(line, call) : retellWords(line, call);
}

function vapiWords(line: PlannedMessage, call: DemoCall): ProviderWords {
  const { channel, address, name } = line.thread;
  const { phone_number_id: numberId, assistant_id: assistantId } = channel.credentials;
  const endedAt = new Date(line.at.getTime() + call.seconds * 1000);
  const customer = { number: address.value, name };
  const message = {
    type: "end-of-call-report",
    timestamp: endedAt.toISOString(),
    call: {
      id: line.externalId,
      type: "inboundPhoneCall",
      createdAt: line.at.toISOString(),
      phoneNumberId: numberId,
      assistantId,
      customer,
    },
    phoneNumber: { id: numberId, number: channel.address },
    customer,
    endedReason: call.missed ? "customer-did-not-answer" : "customer-ended-call",
    startedAt: line.at.toISOString(),
    endedAt: endedAt.toISOString(),
    durationSeconds: call.seconds,
    cost: call.costCents / 100,
    ...(call.missed ? {} : { analysis: { summary: call.summary, structuredData: { sentiment: call.sentiment } } }),
    artifact: {
      messages: call.turns.map(([speaker, text, at]) => ({
        role: speaker === "agent" ? "bot" : speaker === "customer" ? "user" : "tool_call_result",
        ...(speaker === "tool" ? { name: text } : { message: text }),
        secondsFromStart: at,
      })),
    },
  };
  return {
    type: "end-of-call-report",
    dedupeKey: `end-of-call-report:${line.externalId}`,
    payload: { message },
    body: JSON.stringify({ message }),
    headers: { "content-type": "application/json", "x-vapi-secret": "[redacted]" },
    path: "/webhooks/vapi",
  };
}

function retellWords(line: PlannedMessage, { seconds, costCents, summary, sentiment, turns }: DemoCall): ProviderWords {
  const { channel, address } = line.thread;
  const payload = {
    event: "call_analyzed",
    call: {
      call_type: "phone_call",
      call_id: line.externalId,
      agent_id: channel.credentials.agent_id,
      call_status: "ended",
      direction: "inbound",
      from_number: address.value,
      to_number: channel.address,
      start_timestamp: line.at.getTime(),
      end_timestamp: line.at.getTime() + seconds * 1000,
      duration_ms: seconds * 1000,
      disconnection_reason: "user_hangup",
      transcript_with_tool_calls: turns.map(([speaker, content, start]) => ({
        role: speaker === "agent" ? "agent" : speaker === "customer" ? "user" : "tool_call_result",
        content,
        start,
      })),
      call_cost: { combined_cost: costCents },
      call_analysis: { call_summary: summary, user_sentiment: `${sentiment[0]?.toUpperCase()}${sentiment.slice(1)}` },
    },
  };
  return {
    type: "call_analyzed",
    dedupeKey: `call_analyzed:${line.externalId}`,
    payload,
    body: JSON.stringify(payload),
    headers: { "content-type": "application/json", "x-retell-signature": "[redacted]" },
    path: "/webhooks/retell",
  };
}
