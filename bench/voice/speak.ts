import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { VoiceFacts } from "./place.ts";
import { speechMs } from "./place.ts";

/** A function that was called in a call, what it answered, and how long the caller heard silence. */
export interface Heard {
  name: string;
  ms: number;
  said: string;
  /** An apology instead of an answer. */
  failed: boolean;
}

/** What is asked in each call, in this order; `nth` makes each book another time. */
function askedIn(nth: number): { name: string; args: Record<string, unknown> }[] {
  const day = 2 + (nth % 47);
  const hour = 8 + (Math.floor(nth / 47) % 11);
  const when = `dans ${day} jours à ${hour === 12 ? "midi" : `${hour} heures`} trente`;
  return [
    { name: "find_customer", args: {} },
    { name: "check_availability", args: { when: `dans ${day} jours dans la matinée` } },
    { name: "check_availability", args: { when } },
    { name: "book_appointment", args: { when, name: `Personne ${nth}`, notes: "Deuxième étage" } },
    {
      name: "qualify_prospect",
      args: { interest: "Un lustre ancien", place: "Lyon", budget: "deux mille cinq cents" },
    },
    { name: "create_ticket", args: { subject: "Facture à envoyer", description: "Par courrier." } },
    { name: "transfer_to_human", args: {} },
    { name: "current_time", args: {} },
  ];
}

/** A call of a caller with a voice agent, which calls functions of ours one after the other as Vapi does. */
export async function speak(url: string, facts: VoiceFacts, nth: number): Promise<Heard[]> {
  const callId = randomUUID();
  // Of whom the bench knows the numbers, and every tenth somebody new.
  const number = `+336${String(nth % 10 === 0 ? 90_000_000 + nth : 1 + ((nth * 7_919) % 90_000)).padStart(8, "0")}`;
  const heard: Heard[] = [];
  for (const [at, { name, args }] of askedIn(nth).entries()) {
    await pause(speechMs * (0.5 + Math.random()));
    const body = JSON.stringify(question(facts, { callId, number, key: `call_${nth}_${at}`, name, args }));
    const began = performance.now();
    const answer = await fetch(`${url}/webhooks/vapi`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-vapi-secret": facts.credentials.server_secret ?? "" },
      body,
    });
    const text = await answer.text();
    const ms = performance.now() - began;
    const { results } = JSON.parse(text) as { results?: { result?: string; error?: string }[] };
    const { result, error } = results?.[0] ?? {};
    heard.push({ name, ms, said: result ?? error ?? text, failed: answer.status !== 200 || result === undefined });
  }
  return heard;
}

function question(
  { credentials }: VoiceFacts,
  asked: { callId: string; number: string; key: string; name: string; args: Record<string, unknown> },
) {
  const toolCall = { id: asked.key, type: "function", function: { name: asked.name, arguments: asked.args } };
  return {
    message: {
      type: "tool-calls",
      timestamp: Date.now(),
      toolCallList: [toolCall],
      toolCalls: [toolCall],
      customer: { number: asked.number },
      call: {
        id: asked.callId,
        type: "inboundPhoneCall",
        status: "in-progress",
        phoneNumberId: credentials.phone_number_id,
        assistantId: credentials.assistant_id,
        customer: { number: asked.number },
      },
    },
  };
}
