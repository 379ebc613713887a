import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createTenant, systemCtx } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { spokenTime } from "./current-time.ts";
import type { SpeakingCall } from "./define-call-function.ts";
import { defineCallFunction } from "./define-call-function.ts";
import { describeCallFunctions } from "./registry.ts";
import { runCallFunction } from "./run-call-function.ts";

await testDatabase();
const ctx = systemCtx(await createTenant(), fixedClock("2026-11-21T09:05:00Z"));
const speaking: SpeakingCall = {
  callId: null,
  channelId: "channel",
  conversationId: null,
  caller: null,
  customer: null,
  language: "fr",
  timezone: "Europe/Paris",
  allowed: null,
  transferTo: null,
  signal: new AbortController().signal,
};

test.each([
  ["2026-11-21T09:05:00Z", "Il est 10 heures 05, samedi 21 novembre.", "It is 10:05 AM, Saturday 21 November."],
  ["2026-11-21T11:00:00Z", "Il est midi, samedi 21 novembre.", "It is 12:00 PM, Saturday 21 November."],
  ["2026-11-21T23:30:00Z", "Il est minuit 30, dimanche 22 novembre.", "It is 12:30 AM, Sunday 22 November."],
  ["2026-10-25T00:30:00Z", "Il est 2 heures 30, dimanche 25 octobre.", "It is 2:30 AM, Sunday 25 October."],
  ["2026-10-25T01:30:00Z", "Il est 2 heures 30, dimanche 25 octobre.", "It is 2:30 AM, Sunday 25 October."],
])("at %s a voice in Paris says it", (instant, french, english) => {
  expect(spokenTime(new Date(instant), "Europe/Paris", "fr")).toBe(french);
  expect(spokenTime(new Date(instant), "Europe/Paris", "en")).toBe(english);
});

test("assistants are told of every function with the schema of its parameters", () => {
  const described = describeCallFunctions();
  expect(described.map(({ name }) => name)).toEqual([
    "check_availability",
    "book_appointment",
    "qualify_prospect",
    "create_ticket",
    "find_customer",
    "transfer_to_human",
    "current_time",
  ]);
  for (const { description, parameters } of described) {
    expect(description.length).toBeGreaterThan(40);
    expect(parameters).toMatchObject({
      type: "object",
      properties: { language: { type: "string", enum: ["fr", "en"] } },
    });
  }
  expect(described.find(({ name }) => name === "book_appointment")?.parameters).toMatchObject({ required: ["when"] });
});

describe("a function", () => {
  const slow = defineCallFunction({
    name: "slow",
    description: "",
    parameters: z.object({ date: z.iso.date(), people: z.number() }),
    run: (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("stopped")))),
  });
  const broken = defineCallFunction({
    name: "broken",
    description: "",
    parameters: z.object({}),
    run: () => Promise.reject(new Error("secret words")),
  });
  const wordy = defineCallFunction({
    name: "wordy",
    description: "",
    parameters: z.object({}),
    run: () => Promise.resolve("Deux\n\n lignes\tet demie. "),
  });
  const find = (name: string) => [slow, broken, wordy].find((one) => one.name === name) ?? null;
  const run = (name: string, args: unknown = {}, language: "fr" | "en" = "fr") =>
    runCallFunction(ctx, { ...speaking, language }, { name, arguments: args }, { limitMs: 30, find });

  test("answers in one line", async () => {
    expect(await run("wordy")).toMatchObject({ result: "Deux lignes et demie.", error: null });
    const time = await runCallFunction(ctx, speaking, { name: "current_time", arguments: {} });
    expect(time).toMatchObject({ result: "Il est 10 heures 05, samedi 21 novembre." });
  });

  test("that nobody knows, that lacks something, that takes too long or breaks is a sentence", async () => {
    expect(await run("constructor")).toMatchObject({
      result: null,
      error: "Je suis désolé, je ne peux pas faire cela.",
    });
    expect(await run("slow", { date: "demain" })).toMatchObject({ error: expect.stringMatching(/date, people/) });
    expect(await run("slow", { date: "demain" }, "en")).toMatchObject({
      error: expect.stringMatching(/^Some information/),
    });
    expect(await run("slow", "pas un objet")).toMatchObject({ result: null, error: expect.any(String) });
    const late = await run("slow", { date: "2026-11-21", people: 2 });
    expect(late).toMatchObject({ result: null, error: expect.stringMatching(/trop de temps/) });
    expect(late.milliseconds).toBeLessThan(2_000);
    const failed = await run("broken");
    expect(failed).toMatchObject({ result: null, error: expect.stringMatching(/pour le moment/) });
    expect(JSON.stringify(failed)).not.toContain("secret words");
  });
});
