import type { AssistantDefinition } from "#db/schema/assistants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import { describeCallFunctions } from "#server/domains/calls/index.ts";
import type { AssistantFunction, AssistantThere, AssistantWanted } from "#server/providers/contract.ts";
import { isLanguage, transferFunction } from "#server/providers/contract-assistant.ts";
import { openAssistant } from "./jobs.ts";
import { currentVersion, lastSent } from "./read-versions.ts";
import type { AssistantRef } from "./schemas.ts";

/** One thing that is managed: what the provider has, and what it would be given; null: it is left as it is. */
export interface AssistantLine {
  field: "prompt" | "greeting" | "language" | "voice";
  there: string;
  wanted: string | null;
  differs: boolean;
}

export interface FunctionLine {
  name: string;
  /** `same`, or what sending does to it: `added`, `changed` (its description or parameters), `removed`. */
  change: "same" | "added" | "changed" | "removed";
}

export type Comparison =
  /** `unreachable`: nobody answered; `missing`: the provider has no such agent; `refused`: in its own words. */
  | { state: "unreachable" | "missing" | "refused"; reason: string | null; detail: string | null }
  | {
      state: "read";
      number: number;
      lines: AssistantLine[];
      functions: FunctionLine[];
      /** The provider's functions that are not ours: left as they are. */
      others: string[];
      differs: boolean;
      /** It was changed at the provider since it was sent from here. */
      changedThere: boolean;
      /** For sending: what was seen. */
      seen: string;
    };

/** What the provider has beside what it would be sent. Changes nothing. null where nothing was ever said of this agent. */
export async function compareAssistant(ctx: Ctx, { channelId }: AssistantRef): Promise<Comparison | null> {
  const { access, client } = await openAssistant(ctx, channelId);
  const [current, sent] = await withTenant(ctx, (tx) =>
    Promise.all([currentVersion(tx, channelId), lastSent(tx, channelId)]),
  );
  if (!current) return null;
  const found = await client.read(access);
  if (found.outcome === "unknown") return { state: "unreachable", reason: null, detail: found.text };
  if (found.outcome === "refused") return { state: "refused", reason: refusalReason(found), detail: found.text };
  if (found.value === null) return { state: "missing", reason: null, detail: null };
  const there = found.value;
  const lines = linesOf(there, current.definition);
  const functions = functionLines(there, wantedOf(current.definition, access.webhookUrl));
  const ours = new Set(describeCallFunctions().map(({ name }) => name));
  return {
    state: "read",
    number: current.number,
    lines,
    functions,
    others: there.functions.map(({ name }) => name).filter((name) => !ours.has(name)),
    differs: lines.some(({ differs }) => differs) || functions.some(({ change }) => change !== "same"),
    changedThere: sent !== null && isChangedSince(there, sent),
    seen: sealOf(there),
  };
}

/** Why a provider refuses, as the interface words it. */
export function refusalReason({ class: kind, code }: { class: string; code: string }): string {
  if (kind === "channel") return "key_rejected";
  if (kind === "slow") return "rate_limited";
  return code === "cannot_manage" ? "cannot_manage" : "provider_refused";
}

/** What a provider's answer looked like: two that are alike need not be looked at again. */
export function sealOf(there: AssistantThere): string {
  return digest(JSON.stringify(there)).slice(0, 32);
}

/** A definition with the functions that it names, as providers are told of them. */
export function wantedOf(definition: AssistantDefinition, webhookUrl: string): AssistantWanted {
  const all = describeCallFunctions();
  const { prompt, greeting, language, voice } = definition;
  return {
    prompt,
    greeting,
    language,
    voice,
    functions: all.filter(({ name }) => definition.functions.includes(name)),
    ours: all.map(({ name }) => name),
    webhookUrl,
  };
}

function linesOf(there: AssistantThere, wanted: AssistantDefinition): AssistantLine[] {
  const text = (field: "prompt" | "greeting" | "voice"): AssistantLine => {
    const value = wanted[field] === "" ? null : wanted[field];
    return {
      field,
      there: there[field],
      wanted: value,
      differs: value !== null && !isSame(field, there[field], value),
    };
  };
  const differs = !isLanguage(there.language, wanted.language);
  return [
    text("prompt"),
    text("greeting"),
    { field: "language", there: there.language, wanted: wanted.language, differs },
    text("voice"),
  ];
}

/** A voice may be written without its provider. */
function isSame(field: string, there: string, wanted: string): boolean {
  return there === wanted || (field === "voice" && !wanted.includes(":") && there.endsWith(`:${wanted}`));
}

function functionLines(there: AssistantThere, { functions, ours }: AssistantWanted): FunctionLine[] {
  return ours.flatMap((name): FunctionLine[] => {
    const wanted = functions.find((one) => one.name === name);
    const known = there.functions.find((one) => one.name === name);
    // Some providers put through with a tool of their own, which has neither description nor parameters.
    const puts = name === transferFunction && !known && there.transfers;
    if (!wanted) return known || puts ? [{ name, change: "removed" }] : [];
    if (puts) return [{ name, change: "same" }];
    if (!known) return [{ name, change: "added" }];
    return [{ name, change: canonical(known) === canonical(wanted) ? "same" : "changed" }];
  });
}

/** Providers give objects back with their keys in another order, and without what is empty. */
function canonical({ description, parameters }: AssistantFunction): string {
  return JSON.stringify([description, parameters], (_key, value: unknown) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Functions count by their names: what we say of them ourselves may have changed with the program. */
function isChangedSince(there: AssistantThere, sent: AssistantDefinition): boolean {
  const changed = functionLines(there, wantedOf(sent, "")).some(
    ({ change }) => change === "added" || change === "removed",
  );
  return changed || linesOf(there, sent).some(({ differs }) => differs);
}
