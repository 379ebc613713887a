import { redirect } from "react-router";

import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

import { channels, priorities } from "../../tickets/ticket-words.ts";
import { readHours } from "../channels/hours-text.ts";
import { readDuration } from "./duration.ts";

/** Every change of the page of response times; `intent` names it. `path` is the page itself. */
export async function actOnSla(form: FormData, { sla }: Caller, path: string) {
  return answerForm(form, async (values) => {
    const { policyId = "", day = "", name = "" } = values;
    switch (form.get("intent")) {
      case "policy":
        await sla.savePolicy({ ...policyIn(form), ...(policyId ? { policyId } : {}) });
        return redirect(`${path}?saved`);
      case "delete":
        await sla.deletePolicy({ policyId });
        break;
      case "up":
      case "down":
        await sla.movePolicy({ policyId, direction: form.get("intent") === "up" ? "up" : "down" });
        break;
      case "hours":
        await sla.saveHours({ days: readHours(values)?.days ?? null });
        break;
      case "holiday":
        await sla.addHoliday({ day, name });
        break;
      case "remove-holiday":
        await sla.removeHoliday({ day });
        break;
      case "public-holidays":
        await sla.addPublicHolidays({ year: Number(values["year"]) });
        break;
      default:
        throw new Response(null, { status: 400 });
    }
    return redirect(`${path}?saved`);
  });
}

function policyIn(form: FormData) {
  const word = (field: string) => String(form.get(field) ?? "");
  return {
    name: word("name"),
    priorities: priorities.filter((one) => form.getAll("priorities").includes(one)),
    channels: channels.filter((one) => form.getAll("channels").includes(one)),
    firstResponseMinutes: readDuration(word("firstResponseMinutes")),
    nextResponseMinutes: readDuration(word("nextResponseMinutes")),
    resolutionMinutes: readDuration(word("resolutionMinutes")),
    warnMinutes: readDuration(word("warnMinutes")) ?? 0,
    escalatePriority: priorities.find((one) => one === word("escalatePriority")) ?? null,
    escalateAssigneeId: word("escalateAssigneeId") || null,
  };
}
