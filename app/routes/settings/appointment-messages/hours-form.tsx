import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { NumberField } from "#app/ui/number-field.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { TimeRangeFields } from "#app/ui/time-range-fields.tsx";

import type { MessageSettings } from "./page.tsx";

/** Between which hours customers are written to, and how long an offered time is kept. */
export function HoursForm({ settings, refused }: { settings: MessageSettings; refused: SubmissionResult | undefined }) {
  const t = useT("appointmentMessages");
  const { state } = useNavigation();
  const { sendFrom, sendUntil, offerMinutes, timezone } = settings;
  const [form, fields] = useForm<Record<"sendFrom" | "sendUntil" | "offerMinutes", string>>({
    id: "message-hours",
    lastResult: refused,
    defaultValue: { sendFrom, sendUntil, offerMinutes: String(offerMinutes) },
  });
  return (
    <PostForm form={form} preventScrollReset aria-label={t("hours")} className="flex flex-col gap-4">
      <input type="hidden" name="intent" value="hours" />
      <TimeRangeFields
        fields={[
          { field: fields.sendFrom, label: t("sendFrom") },
          { field: fields.sendUntil, label: t("sendUntil") },
        ]}
        hint={t("hoursHint", { zone: timezone })}
      />
      <NumberField
        field={fields.offerMinutes}
        label={t("offerMinutes")}
        hint={t("offerHint")}
        min={5}
        max={1440}
        className="max-w-32"
      />
      <Button type="submit" variant="primary" busy={state !== "idle"} className="self-start">
        {t("saveHours")}
      </Button>
    </PostForm>
  );
}
