import { redirect } from "react-router";

import { refusalOf } from "#app/context.ts";
import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

import { factsIn } from "./read-form.ts";
import { statuses } from "./prospect-words.ts";

export type ProspectAnswer = { ok: true } | { ok: false; code: string; reason: string };
interface Asked {
  api: Caller;
  prospectId: string;
  form: FormData;
  timeZone: string;
  /** Where the prospect is. */
  here: string;
}

/** Carries out what a form of the prospect's page asks for, by its `intent`. */
export async function actOnProspect(asked: Asked) {
  if (asked.form.get("intent") === "update") return update(asked);
  try {
    await perform(asked);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal || refusal.code === "not_found" || refusal.code === "unauthenticated") throw thrown;
    const reason = Object.values(refusal.fields).flat()[0] ?? refusal.reason;
    return { ok: false, code: refusal.code, reason } satisfies ProspectAnswer;
  }
  return redirect(asked.here);
}

async function perform({ api: { prospects }, prospectId, form }: Asked): Promise<void> {
  const reason = String(form.get("reason") ?? "");
  switch (form.get("intent")) {
    case "convert":
      return prospects.convert({ prospectId, reason });
    case "undo":
      return prospects.undoConversion({ prospectId });
    case "status": {
      const status = statuses.find((known) => known === form.get("status"));
      if (!status) break;
      return status === "converted"
        ? prospects.convert({ prospectId, reason })
        : prospects.changeStatus({ prospectId, status, reason });
    }
  }
  throw new Response(null, { status: 400 });
}

/** Goes back to reading. A refusal keeps what was typed. */
function update({ api: { prospects }, prospectId, form, timeZone, here }: Asked) {
  return answerForm(form, async (values) => {
    const { givenScore, qualificationNotes = "" } = values;
    await prospects.update({
      prospectId,
      ...factsIn(values, timeZone),
      qualificationNotes,
      givenScore: givenScore ? Number(givenScore) : null,
    });
    return redirect(here);
  });
}
