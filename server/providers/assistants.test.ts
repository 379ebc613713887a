import { describe, expect, onTestFinished, test } from "vitest";
import type { AssistantWanted } from "./contract.ts";
import { createRetellFake } from "./retell/fake.ts";
import { retell } from "./retell/index.ts";
import { startVendor } from "./testing-vendor.ts";
import { createVapiFake } from "./vapi/fake.ts";
import { vapi } from "./vapi/index.ts";

const time = { name: "current_time", description: "Says the time.", parameters: { type: "object", properties: {} } };
const transfer = {
  name: "transfer_to_human",
  description: "Puts through.",
  parameters: { type: "object", properties: {} },
};
const wanted: AssistantWanted = {
  prompt: "Tu es l'accueil de l'atelier.",
  greeting: "Atelier Lumen, bonjour !",
  language: "en",
  voice: "",
  functions: [time],
  ours: ["current_time", "transfer_to_human"],
  webhookUrl: "https://guichet.example/webhooks/x",
};

describe.each([
  ["Vapi", vapi, createVapiFake, "voix", "11labs:amelie", "nobody:x"],
  ["Retell", retell, createRetellFake, "voix", "retell-Amelie", "nobody"],
] as const)("an assistant at %s", (_name, provider, make, _word, voice, unknownVoice) => {
  const { assistant } = provider;
  async function open() {
    const vendor = await startVendor(provider, make, provider.inventCredentials());
    onTestFinished(() => vendor.stop());
    const read = async () => {
      const found = await assistant.read(vendor.channel);
      if (found.outcome !== "ok" || !found.value) throw new Error("it is there");
      return found.value;
    };
    return { ...vendor, read };
  }

  test("is read as it stands at the provider", async () => {
    const { read } = await open();
    expect(await read()).toMatchObject({
      prompt: "Tu réponds au téléphone.",
      greeting: "Bonjour ! Que puis-je faire pour vous ?",
      language: expect.stringMatching(/^fr/),
      functions: [],
      transfers: false,
    });
  });

  test("becomes what is wanted; the same once more changes nothing", async () => {
    const { channel, read } = await open();
    expect(await assistant.write(channel, { ...wanted, voice })).toEqual({ outcome: "ok", value: null });
    const there = await read();
    expect(there).toMatchObject({
      prompt: wanted.prompt,
      greeting: wanted.greeting,
      language: expect.stringMatching(/^en/),
      voice,
      functions: [time],
    });
    await assistant.write(channel, { ...wanted, voice });
    expect(await read()).toEqual(there);
  });

  test("keeps what is not managed: its voice where none is wanted, tools of others", async () => {
    const { channel, read } = await open();
    const before = await read();
    const others = { name: "chercher_commande", description: "", parameters: { type: "object", properties: {} } };
    // Somebody else's function, written as if it were ours.
    await assistant.write(channel, { ...wanted, functions: [others], ours: ["chercher_commande"] });
    await assistant.write(channel, { ...wanted, prompt: "", greeting: "" });
    const after = await read();
    expect(after.functions.map(({ name }) => name)).toEqual(["chercher_commande", "current_time"]);
    expect(after.voice).toBe(before.voice);
    expect(after.prompt).toBe(wanted.prompt);
  });

  test("puts callers through by the provider's own tool, and no longer when that is switched off", async () => {
    const { channel, read } = await open();
    await assistant.write(channel, { ...wanted, functions: [time, transfer] });
    expect((await read()).transfers).toBe(true);
    await assistant.write(channel, wanted);
    expect(await read()).toMatchObject({ transfers: false, functions: [time] });
  });

  test("is refused in the provider's words: a voice that it does not have, a key that was taken back", async () => {
    const { channel, standIn } = await open();
    const refused = await assistant.write(channel, { ...wanted, voice: unknownVoice });
    expect(refused).toMatchObject({ outcome: "refused", class: "permanent", text: expect.stringMatching(/voice/i) });
    standIn.setBehaviour({ failSends: "401" });
    expect(await assistant.read(channel)).toMatchObject({ outcome: "refused", class: "channel" });
  });

  test("that the provider does not have is none", async () => {
    const { channel } = await open();
    const credentials = { ...channel.credentials, agent_id: "agent_inconnu_01", assistant_id: "assistant-inconnu" };
    expect(await assistant.read({ ...channel, credentials })).toEqual({ outcome: "ok", value: null });
    expect(await assistant.write({ ...channel, credentials }, wanted)).toMatchObject({ outcome: "refused" });
  });
});
