import { redirect } from "react-router";

import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

import { surveyChannels } from "../../surveys/list-address.ts";
import { readDuration } from "../sla/duration.ts";

/** Every change of the page of survey settings; `intent` names it. `path` is the page itself. */
export async function actOnSurveys(form: FormData, { surveys }: Caller, path: string) {
  return answerForm(form, async (values) => {
    const { intent, questionFr = "", questionEn = "", templateName, lowScore, sendFrom = "", sendUntil = "" } = values;
    if (intent === "channel") {
      await surveys.saveChannel({
        channelType: surveyChannels.find((one) => one === values["channelType"]) ?? "email",
        enabled: values["enabled"] === "yes",
        delayMinutes: readDuration(values["delay"] ?? "") ?? 0,
        questionFr,
        questionEn,
        templateName: templateName || null,
      });
    } else if (intent === "general") {
      await surveys.saveSettings({
        sendFrom,
        sendUntil,
        businessHours: values["businessHours"] === "yes",
        restDays: Number(values["restDays"] || "0"),
        answerDays: Number(values["answerDays"] || "0"),
        lowScore: Number(lowScore) || null,
        tellAssignee: values["tellAssignee"] === "yes",
        tellManagers: values["tellManagers"] === "yes",
      });
    } else throw new Response(null, { status: 400 });
    return redirect(`${path}?saved`);
  });
}
