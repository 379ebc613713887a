import { afterEach, expect, test } from "vitest";
import { testConfig } from "#db/factories.ts";
import { useConfig } from "#server/core/config.ts";
import type { Provider } from "./contract.ts";
import { retell } from "./retell/index.ts";
import { createRetellFake } from "./retell/fake.ts";
import type { CallStandIn, StandInOptions } from "./stand-in.ts";
import { closedAddress, startVendor } from "./testing-vendor.ts";
import { vapi } from "./vapi/index.ts";
import { createVapiFake } from "./vapi/fake.ts";

useConfig(testConfig());

const vendors: [string, Provider, (options: StandInOptions) => CallStandIn][] = [
  ["Vapi", vapi, createVapiFake],
  ["Retell", retell, createRetellFake],
];
const camille = { address: "+33639981234", name: "Camille Fictive" };
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(provider: Provider, make: (options: StandInOptions) => CallStandIn) {
  const credentials = provider.inventCredentials();
  const assistantId = credentials.assistant_id ?? credentials.agent_id ?? "";
  // The program's side of the line: every question gets the same answer.
  const vendor = await startVendor(provider, make, credentials, [10, 20], (part) => {
    const question = provider.liveQuestion?.(part);
    if (question?.kind === "assistant") {
      return provider.liveAnswer!(part, { kind: "assistant", assistantId, definition: null, error: null }, "").body;
    }
    if (question?.kind !== "functions") return null;
    const results = question.calls.map(({ key, name }) => ({
      key,
      name,
      result: "Il est midi.",
      error: null,
      transferTo: name === "transfer_to_human" ? "+33199001235" : null,
    }));
    return provider.liveAnswer!(part, { kind: "functions", results }, "").body;
  });
  stops.push(() => vendor.stop());
  return vendor;
}

test.each(vendors)(
  "a caller whom %s puts through is with somebody else, and the call is reported",
  async (_, provider, make) => {
    const { standIn, account, eventsOf } = await start(provider, make);
    const callId = standIn.ring(account.id, camille);
    await standIn.settled();
    expect(await standIn.callFunction(callId, "transfer_to_human", {})).toBe("Il est midi.");
    expect(standIn.calls(account.id)).toMatchObject([{ id: callId, status: "ended" }]);
    await standIn.settled();
    expect(eventsOf("call").at(-1)).toMatchObject({ callId, status: "completed" });
  },
);

test.each(vendors)("a call through %s rings, speaks, calls a function and is reported", async (_, provider, make) => {
  const { standIn, account, eventsOf, received, channel } = await start(provider, make);
  const callId = standIn.ring(account.id, camille);
  await standIn.settled();
  expect(standIn.calls(account.id)).toMatchObject([{ id: callId, status: "in_progress", caller: camille }]);
  standIn.say(callId, "Quelle heure est-il ?");
  expect(await standIn.callFunction(callId, "current_time", { language: "fr" })).toBe("Il est midi.");
  standIn.hangUp(callId);
  await standIn.settled();
  expect(received.every(({ verified }) => verified)).toBe(true);
  const events = eventsOf("call");
  expect(new Set(events.map((event) => event.callId))).toEqual(new Set([callId]));
  expect(events.at(-1)).toMatchObject({
    direction: "in",
    status: "completed",
    person: { identities: [{ value: "+33639981234" }] },
    to: account.address,
    costCents: 7,
    currency: "USD",
    summary: "La personne a dit : « Quelle heure est-il ? »",
    sentiment: "neutral",
  });
  const turns = events.at(-1)?.transcript?.map(({ speaker, text }) => `${speaker}: ${text}`) ?? [];
  expect(turns).toContain("customer: Quelle heure est-il ?");
  expect(turns).toContain("agent: Il est midi.");
  const { recording } = events.at(-1)!;
  const fetched = await provider.fetchMedia!(channel, recording!, 100_000);
  expect(fetched).toMatchObject({ outcome: "fetched", mimeType: "audio/wav" });
  expect(await provider.fetchMedia!(channel, recording!, 100)).toMatchObject({ reason: "too_large" });
  const moved = { ...recording!, url: await closedAddress() };
  expect(await provider.fetchMedia!(channel, moved, 100_000)).toMatchObject({ outcome: "retry" });
  const dead = { ...recording!, url: `${channel.apiBaseUrl}/gone/away.wav` };
  expect(await provider.fetchMedia!(channel, dead, 100_000)).toMatchObject({ outcome: "fetched" });
});

test.each(vendors)(
  "%s tells of a call whose events were lost, to whoever asks with the right key",
  async (_, provider, make) => {
    const { standIn, account, eventsOf, channel } = await start(provider, make);
    const callId = standIn.ring(account.id, camille);
    await standIn.settled();
    const status = async () => {
      const found = await provider.fetchCall!(channel, callId);
      if (found.outcome !== "ok" || found.value === null) return found.outcome;
      const { event } = provider.parse(found.value, new Date());
      return event.kind === "call" ? event.status : event.kind;
    };
    expect(await status()).toBe("in_progress");
    standIn.setBehaviour({ failDelivery: "lost" });
    standIn.hangUp(callId);
    await standIn.settled();
    expect(eventsOf("call").some((event) => event.status === "completed")).toBe(false);
    expect(await status()).toBe("completed");
    expect(await provider.fetchCall!(channel, "call_nobody_made")).toEqual({ outcome: "ok", value: null });
    const stranger = { ...channel, credentials: { ...channel.credentials, api_key: "key_une-autre-clef" } };
    expect(await provider.fetchCall!(stranger, callId)).toMatchObject({ outcome: "refused", class: "channel" });
    const away = { ...channel, apiBaseUrl: await closedAddress() };
    expect(await provider.fetchCall!(away, callId)).toMatchObject({ outcome: "unknown" });
  },
);

test.each(vendors)("%s shows what the channel test looks up", async (_, provider, make) => {
  const { channel, webhookUrl } = await start(provider, make);
  const lines = async (change: Record<string, string> = {}, url = webhookUrl, base = channel.apiBaseUrl) => {
    const access = { ...channel, apiBaseUrl: base, credentials: { ...channel.credentials, ...change } };
    const found = await provider.check(access, { webhookUrl: url });
    return Object.fromEntries(found.map(({ check, result, reason }) => [check, reason ?? result]));
  };
  expect(await lines()).toEqual({
    credential: "pass",
    assistant: "pass",
    number: "pass",
    webhook: "pass",
  });
  expect(await lines({ api_key: "key_une-autre-clef" })).toMatchObject({ credential: "key_rejected" });
  expect(await lines({ assistant_id: "assistant-inconnu", agent_id: "agent_inconnu" })).toMatchObject({
    credential: "pass",
    assistant: "assistant_not_found",
  });
  expect(await lines({}, "https://ailleurs.example/webhooks/x")).toMatchObject({ webhook: "webhook_differs" });
  expect(await lines({}, webhookUrl, await closedAddress())).toMatchObject({ credential: "provider_unreachable" });
});

test.each(vendors)("%s is changed in its console behind our back", async (_, provider, make) => {
  const { standIn, account, channel, webhookUrl, received, eventsOf } = await start(provider, make);
  const callId = standIn.ring(account.id, camille);
  await standIn.settled();
  standIn.faults?.set(account.id, "secret_renewed", true);
  standIn.say(callId, "Bonjour");
  await standIn.settled();
  expect(received.at(-1)?.verified).toBe(false);
  standIn.faults?.set(account.id, "secret_renewed", false);
  standIn.faults?.set(account.id, "address_changed", true);
  const lines = await provider.check(channel, { webhookUrl });
  expect(lines.find(({ check }) => check === "webhook")).toMatchObject({ result: "fail", reason: "webhook_differs" });
  standIn.hangUp(callId);
  await standIn.settled();
  expect(eventsOf("call").some((event) => event.status === "completed")).toBe(false);
  standIn.faults?.set(account.id, "token_revoked", true);
  expect(await provider.fetchCall!(channel, callId)).toMatchObject({ outcome: "refused", class: "channel" });
  expect(standIn.faults?.of(account.id)).toContain("token_revoked");
});
