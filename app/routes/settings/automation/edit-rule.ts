import { data, redirect } from "react-router";

import { refusalOf } from "#app/context.ts";
import type { Caller } from "#server/trpc/root.ts";

import type { Draft, DryRun } from "./data.ts";
import { editDraft, readDraft } from "./read-draft.ts";

/** What the editor shows after a press that did not leave it. */
export interface Edited {
  draft: Draft;
  /** Reasons by field: `name`, `actions`, `conditions.0`. */
  errors?: Record<string, string[]>;
  /** What the rule would have done. */
  tried?: DryRun;
  /** The row that was added: it is begun with. */
  added?: string;
}

/** Does what a button of the editor asks for; saving goes back to the list. */
export async function editRule(form: FormData, api: Caller["automation"], ruleId: string | null, list: string) {
  const draft = readDraft(form);
  const edited = editDraft(draft, form);
  if (edited) return { draft: edited, ...addedIn(draft, edited) } satisfies Edited;
  const { name, ...rest } = draft;
  try {
    const [intent, days] = String(form.get("intent") ?? "").split(":");
    if (intent === "try") {
      const tried = await api.dryRun({ ...rest, days: days === "30" ? 30 : 7 });
      return { draft, tried } satisfies Edited;
    }
    if (ruleId) await api.update({ ruleId, name, ...rest });
    else await api.create({ name, ...rest });
    return redirect(list);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    const fields = Object.entries(refusal.fields).map(([field, reasons]) => [field, [reasons].flat()] as const);
    const errors = fields.length > 0 ? Object.fromEntries(fields) : { form: [refusal.reason] };
    return data<Edited>({ draft, errors }, { status: 400 });
  }
}

function addedIn(before: Draft, after: Draft): Pick<Edited, "added"> {
  if (after.conditions.length > before.conditions.length) return { added: `c${before.conditions.length}` };
  return after.actions.length > before.actions.length ? { added: `a${before.actions.length}` } : {};
}
