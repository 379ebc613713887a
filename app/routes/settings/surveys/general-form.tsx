import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { NumberField } from "#app/ui/number-field.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TimeRangeFields } from "#app/ui/time-range-fields.tsx";

import type { SurveySettings } from "./page.tsx";

interface GeneralFormProps {
  settings: SurveySettings;
  refused: SubmissionResult | undefined;
}

/** When questions may leave, how often, and who hears of low scores. */
export function GeneralForm({ settings, refused }: GeneralFormProps) {
  const t = useT("surveys");
  const { state } = useNavigation();
  const [form, fields] = useForm<Record<"sendFrom" | "sendUntil" | "restDays" | "answerDays" | "lowScore", string>>({
    id: "survey-general",
    lastResult: refused,
    defaultValue: {
      sendFrom: settings.sendFrom,
      sendUntil: settings.sendUntil,
      restDays: String(settings.restDays),
      answerDays: String(settings.answerDays),
      lowScore: String(settings.lowScore ?? ""),
    },
  });
  return (
    <PostForm form={form} preventScrollReset aria-label={t("general")} className="flex flex-col gap-4">
      <input type="hidden" name="intent" value="general" />
      <TimeRangeFields
        fields={[
          { field: fields.sendFrom, label: t("sendFrom") },
          { field: fields.sendUntil, label: t("sendUntil") },
        ]}
        hint={t("sendHint", { zone: settings.timezone })}
      />
      <Checkbox
        name="businessHours"
        value="yes"
        label={t("businessHours")}
        hint={t("businessHoursHint")}
        defaultChecked={settings.businessHours}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberField field={fields.restDays} label={t("restDays")} max={365} className="max-w-32" />
        <NumberField field={fields.answerDays} label={t("answerDays")} min={1} max={60} className="max-w-32" />
      </div>
      <SelectField
        field={fields.lowScore}
        label={t("lowScore")}
        options={[
          ["", t("lowScoreNever")],
          ...[1, 2, 3, 4].map((one) => [String(one), t("lowScoreUpTo", { score: one })] as const),
        ]}
      />
      <Checkbox name="tellAssignee" value="yes" label={t("tellAssignee")} defaultChecked={settings.tellAssignee} />
      <Checkbox name="tellManagers" value="yes" label={t("tellManagers")} defaultChecked={settings.tellManagers} />
      <Button type="submit" variant="primary" busy={state !== "idle"} className="self-start">
        {t("save")}
      </Button>
    </PostForm>
  );
}
