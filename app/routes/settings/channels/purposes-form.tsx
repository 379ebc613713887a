import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";

export const purposes = ["appointment_confirmation", "appointment_reminder", "follow_up", "promotions"] as const;

/** Which automatic messages may leave through the channel. */
export function PurposesForm({ templates }: { templates: Record<string, boolean> }) {
  const t = useT("channels");
  const fetcher = useFetcher<{ done?: boolean }>();
  return (
    <fetcher.Form method="post" className="flex flex-col gap-3">
      <input type="hidden" name="intent" value="purposes" />
      <p className="text-dim">{t("purposesIntro")}</p>
      <div className="flex flex-col gap-1">
        {purposes.map((purpose) => (
          <Checkbox
            key={purpose}
            name={purpose}
            defaultChecked={templates[purpose] ?? false}
            label={t(`purpose.${purpose}`)}
            hint={t(`purposeHint.${purpose}`)}
          />
        ))}
      </div>
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
