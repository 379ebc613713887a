import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { useShell } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Textarea } from "#app/ui/inputs.tsx";

import type { Hours } from "./hours-text.ts";
import { WeekFields } from "./week-fields.tsx";

interface HoursFormProps {
  businessHours: Hours | null;
  awayMessage: string | null;
  /** Whether anybody can be told in writing. */
  tellsAway?: boolean;
}

/** When the counter is open, day by day, by the wall clock of the business; and what is said while it is not. */
export function HoursForm({ businessHours, awayMessage, tellsAway = true }: HoursFormProps) {
  const t = useT("channels");
  const { tenant } = useShell();
  const fetcher = useFetcher<{ done?: boolean }>();
  const refused = refusedIn(fetcher.data);
  const errors = [...new Set(Object.values(refused?.error ?? {}).flatMap((reasons) => reasons ?? []))];
  return (
    <fetcher.Form method="post" className="flex flex-col gap-5">
      <input type="hidden" name="intent" value="hours" />
      <FormErrors errors={errors} id="hours-errors" />
      <Checkbox
        name="limited"
        defaultChecked={businessHours !== null}
        label={t("hoursLimited")}
        hint={t("hoursZone", { zone: tenant.timezone })}
      />
      <WeekFields hours={businessHours} />
      <label className="flex max-w-120 flex-col gap-1 font-medium">
        {t("hoursClosed")}
        <Textarea
          name="closed"
          rows={2}
          defaultValue={(businessHours?.closed ?? []).join("\n")}
          placeholder="2026-12-25"
          className="font-mono font-normal"
        />
        <span className="text-xs font-normal text-faint">{t("hoursClosedHint")}</span>
      </label>
      {tellsAway ? (
        <label className="flex flex-col gap-1 font-medium">
          {t("awayMessage")}
          <Textarea
            name="awayMessage"
            rows={3}
            maxLength={1000}
            defaultValue={awayMessage ?? ""}
            placeholder={t("awayExample")}
            className="font-normal"
          />
          <span className="text-xs font-normal text-faint">{t("awayHint")}</span>
        </label>
      ) : null}
      <div className="flex items-center gap-3">
        <Button type="submit" busy={fetcher.state !== "idle"}>
          {t("saveRouting")}
        </Button>
        <span role="status" className="text-dim">
          {fetcher.data?.done ? t("saved") : ""}
        </span>
      </div>
    </fetcher.Form>
  );
}
