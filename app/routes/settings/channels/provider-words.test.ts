import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { channels as english } from "#app/i18n/en/channels.ts";
import { channels as french } from "#app/i18n/fr/channels.ts";
import { channelErrorReasons } from "#server/domains/channels/schemas.ts";
import { silenceCauses } from "#server/domains/channels/silence-cause.ts";
import type { Provider } from "#server/providers/contract.ts";
import { allProviders } from "#server/providers/registry.ts";

const dictionaries: Record<string, Readonly<Record<string, string>>> = { french, english };
const missing = (keys: string[]) =>
  Object.entries(dictionaries).flatMap(([language, words]) =>
    keys.filter((key) => !words[key]).map((key) => `${language}: ${key}`),
  );

/** Every key that the pages make from what a provider declares. */
function keysOf(provider: Provider): string[] {
  const { name } = provider;
  const entries = provider.webhookEntries ?? [];
  return [
    `provider.${name}`,
    `provider.${name}.body`,
    ...(provider.webhookEntries?.length === 0 ? [] : [`webhookIntro.${name}`]),
    ...entries.filter((entry) => entry.suffix !== "").map((entry) => `address.${name}.${entry.name}`),
    ...provider.credentialFields
      .filter((field) => field.name !== "verify_token")
      .flatMap((field) => [
        `field.${name}.${field.name}`,
        `field.${name}.${field.name}.hint`,
        ...(field.options ?? []).map((option) => `options.${name}.${field.name}.${option}`),
      ]),
  ];
}

const results = new Set(["pass", "fail", "unknown"]);

/** The words that a file hands to whoever makes its checklist lines: the line's own first, then reasons. */
function linesIn(source: string): { checks: string[]; reasons: string[] } {
  const calls = [
    ...source.matchAll(/(?<!function )\b(?:line|checkLine|failed|passed|undecided)\(((?:[^()]|\([^()]*\))*)\)/g),
  ];
  const told = calls.map(([, args = ""]) =>
    [...args.replace(/\w+\([^()]*\)/g, "").matchAll(/"([a-z][a-z_]+)"/g)]
      .map(([, word = ""]) => word)
      .filter((word) => !results.has(word)),
  );
  const named = (name: string) => [...source.matchAll(new RegExp(`\\b${name}: "([a-z_]+)"`, "g"))].map((m) => m[1]!);
  return {
    checks: [...told.flatMap(([check]) => check ?? []), ...named("check")],
    reasons: [...told.flatMap(([, ...reasons]) => reasons), ...named("reason")],
  };
}

const vendors = "server/providers";
const sources = readdirSync(vendors, { recursive: true, encoding: "utf8" })
  .filter((path) => /check[\w-]*\.ts$/.test(path) && !path.endsWith(".test.ts"))
  .map((path) => `${vendors}/${path}`)
  .concat("server/domains/channels/test-channel.ts", "server/domains/channels/outbound-test.ts");

describe("in both languages there are words for", () => {
  test.each(allProviders)("what $name asks for and shows", (provider) => {
    expect(missing(keysOf(provider))).toEqual([]);
  });

  test.each(sources)("every line and reason of %s", (path) => {
    const { checks, reasons } = linesIn(readFileSync(path, "utf8"));
    expect(checks.length).toBeGreaterThan(0);
    expect(missing([...checks.map((one) => `check.${one}`), ...reasons.map((one) => `why.${one}`)])).toEqual([]);
  });

  test("everything that can be wrong with a channel", () => {
    expect(missing(channelErrorReasons.map((reason) => `error.${reason}`))).toEqual([]);
    expect(missing(silenceCauses.map((cause) => `cause.${cause}`))).toEqual([]);
  });
});
