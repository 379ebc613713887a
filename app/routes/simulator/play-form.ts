import { data } from "react-router";

import type { Caller } from "#server/trpc/root.ts";

import { argumentsFrom } from "./agent-asks.ts";

type Simulator = Caller["simulator"];
type Values = Record<string, string | undefined>;

const ways = ["direct", "story_reply", "story_mention", "comment"] as const;
const faults = ["token_revoked", "secret_renewed", "address_changed", "password_changed", "mailbox_full"] as const;

/** Does what a form of the simulator asks for: something the customer, the provider or its console does. */
export async function playForm(simulator: Simulator, values: Values, file: File | null) {
  const { intent, channelId = "", address = "", name = "", text = "", messageId = "", callId = "", which, on } = values;
  switch (intent) {
    case "write":
      return { sent: await write(simulator, values, file) };
    case "react":
      await simulator.react({ channelId, address, messageId, emoji: values["emoji"] || null });
      return { reacted: true };
    case "unsend":
      await simulator.unsend({ channelId, address, messageId });
      return { unsent: true };
    case "read":
      await simulator.read({ channelId, address });
      return { read: true };
    case "mail": {
      const { subject = "", inReplyTo } = values;
      const answered = inReplyTo ? { inReplyTo } : {};
      const attached = file ? { file: await fileOf(file) } : {};
      return { sent: await simulator.mail({ channelId, address, name, subject, text, ...answered, ...attached }) };
    }
    case "ring":
      return { rung: await simulator.ring({ channelId, address, name }) };
    case "say":
      await simulator.say({ channelId, callId, text });
      return { said: crypto.randomUUID() };
    case "function":
      return { answered: await callFunction(simulator, values) };
    case "hangUp":
      await simulator.hangUp({ channelId, callId });
      return { hungUp: true };
    case "behave":
      await simulator.behave({ channelId, [which ?? ""]: on === "on" });
      return { behaves: true };
    case "changeAtProvider":
      await simulator.changeAtProvider({ channelId, fault: oneOf(faults, which), on: on === "on" });
      return { changed: true };
    case "verifyAddress":
      return { verified: await simulator.verifyAddress({ channelId, verifyToken: values["verifyToken"] ?? "" }) };
    default:
      throw data(null, { status: 400 });
  }
}

function callFunction(simulator: Simulator, { channelId = "", callId = "", which: name = "", words = "" }: Values) {
  return simulator.callFunction({ channelId, callId, name, arguments: argumentsFrom(name, words) });
}

async function write(simulator: Simulator, values: Values, file: File | null) {
  const { channelId = "", address = "", name = "", text = "", as, hoursAgo } = values;
  if (as === "business") return simulator.echo({ channelId, address, name, text });
  return simulator.write({
    channelId,
    address,
    name,
    text,
    as: ways.find((way) => way === as) ?? "direct",
    hoursAgo: Number(hoursAgo ?? 0),
    ...(file ? { file: await fileOf(file) } : {}),
  });
}

/** Under the type that the browser takes it for, by its name. */
async function fileOf(file: File) {
  const mimeType = file.type.split(";")[0] || "application/octet-stream";
  return { mimeType, name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

function oneOf<Word extends string>(words: readonly Word[], given: string | undefined): Word {
  const word = words.find((one) => one === given);
  if (word === undefined) throw data(null, { status: 400 });
  return word;
}
