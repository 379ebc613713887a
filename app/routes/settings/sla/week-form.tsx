import type { SubmissionResult } from "@conform-to/react";
import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";

import type { Hours } from "../channels/hours-text.ts";
import { WeekFields } from "../channels/week-fields.tsx";

/** When the business is open, day by day, by its own wall clock. */
export function WeekForm({ days, refused }: { days: Hours["days"] | null; refused: SubmissionResult | undefined }) {
  const t = useT("sla");
  const { state } = useNavigation();
  const errors = [...new Set(Object.values(refused?.error ?? {}).flatMap((reasons) => reasons ?? []))];
  return (
    <Form method="post" preventScrollReset className="flex flex-col gap-5">
      <input type="hidden" name="intent" value="hours" />
      <FormErrors errors={errors} id="hours-errors" />
      <Checkbox name="limited" defaultChecked={days !== null} label={t("limited")} hint={t("limitedHint")} />
      <WeekFields hours={days && { days, closed: [] }} />
      <Button type="submit" className="self-start" busy={state !== "idle"}>
        {t("save")}
      </Button>
    </Form>
  );
}
