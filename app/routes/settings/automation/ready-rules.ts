import { useT } from "#app/i18n/react.tsx";

import type { Draft } from "./data.ts";
import { emptyDraft } from "./read-draft.ts";

/** Rules that most businesses want, to begin a new one with: `?ready=<name>`. */
export const readyRules = ["missed"] as const;

/** The ready-made rule of this name in the reader's language; null where there is none. */
export function useReadyRule(name: string | null): Draft | null {
  const t = useT("automation");
  if (!readyRules.some((known) => known === name)) return null;
  return {
    ...emptyDraft,
    name: t("ready.missed.name"),
    event: "call_missed",
    actions: [
      { do: "write", value: withVariables(t("ready.missed.text")) },
      { do: "open_ticket", value: withVariables(t("ready.missed.ticket")) },
    ],
  };
}

/** Dictionaries name a rule's variables in single braces: double ones are their own. */
const withVariables = (text: string) => text.replaceAll(/\{([a-z_.]+)\}/g, "{{$1}}");
