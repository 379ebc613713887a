import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { TextField } from "#app/ui/text-field.tsx";

interface RetentionFormProps {
  retention: { days: number; leastDays: number; mostDays: number };
  lastResult: SubmissionResult | undefined;
}

/** How many days the log is kept. */
export function RetentionForm({ retention: { days, leastDays, mostDays }, lastResult }: RetentionFormProps) {
  const t = useT("logs");
  const busy = useNavigation().state === "submitting";
  const [form, fields] = useForm<{ days: string }>({
    id: "retention",
    lastResult,
    defaultValue: { days: String(days) },
  });
  return (
    <PostForm form={form} preventScrollReset className="flex flex-col items-start gap-4">
      <TextField
        field={fields.days}
        label={t("retentionDays")}
        hint={t("retentionHint", { least: leastDays, most: mostDays })}
        type="number"
        inputMode="numeric"
        min={leastDays}
        max={mostDays}
      />
      <Button type="submit" variant="primary" busy={busy}>
        {t("retentionSave")}
      </Button>
    </PostForm>
  );
}
