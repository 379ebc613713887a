import type { Draft } from "./data.ts";
import { actionKinds, changedFields, conditionFields, events, oneOf } from "./data.ts";

export const emptyDraft: Draft = {
  name: "",
  event: "message_received",
  changed: null,
  match: "all",
  conditions: [],
  actions: [],
};

/** A rule as the editor's form says it: rows are numbered, `c0.field`, `a0.do`, and may leave gaps. */
export function readDraft(form: FormData): Draft {
  const text = (name: string) => String(form.get(name) ?? "");
  const rows = (letter: "c" | "a", part: string) =>
    [...form.keys()].flatMap((key) => (key.startsWith(letter) && key.endsWith(`.${part}`) ? key.split(".")[0]! : []));
  return {
    name: text("name"),
    event: oneOf(events, text("event")) ?? "message_received",
    changed: oneOf(changedFields, text("changed")) ?? null,
    match: text("match") === "any" ? "any" : "all",
    conditions: rows("c", "field").flatMap((row) => {
      const field = oneOf(conditionFields, text(`${row}.field`));
      const values = form.getAll(`${row}.values`).map(String);
      const op = text(`${row}.op`) === "is_not" ? ("is_not" as const) : ("is" as const);
      return field ? [{ field, op, values: field === "words" ? commaSeparated(values) : values }] : [];
    }),
    actions: rows("a", "do").flatMap((row) => {
      const what = oneOf(actionKinds, text(`${row}.do`));
      return what ? [{ do: what, value: text(`${row}.value`) }] : [];
    }),
  };
}

const commaSeparated = (values: readonly string[]) =>
  values.flatMap((value) => value.split(/[,;\n]/)).flatMap((word) => word.trim() || []);

/** What a press of one of the editor's buttons makes of the draft; null for those that do something else. */
export function editDraft(draft: Draft, form: FormData): Draft | null {
  const [what, place] = String(form.get("intent") ?? "").split(":");
  const without = <T>(all: T[]) => all.filter((_, at) => at !== Number(place));
  if (what === "remove-condition") return { ...draft, conditions: without(draft.conditions) };
  if (what === "remove-action") return { ...draft, actions: without(draft.actions) };
  if (what === "add-condition") {
    const field = oneOf(conditionFields, form.get("newCondition"));
    return field ? { ...draft, conditions: [...draft.conditions, { field, op: "is", values: [] }] } : draft;
  }
  if (what === "add-action") {
    const kind = oneOf(actionKinds, form.get("newAction"));
    return kind ? { ...draft, actions: [...draft.actions, { do: kind, value: "" }] } : draft;
  }
  return null;
}
