import { Form } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/inputs.tsx";

import { Section } from "../profile/section.tsx";
import type { Route } from "./+types/page";

const pauses = [60, 240, 1440] as const;

/** When nothing wakes one: for a while from now, and between two hours every day. */
export function QuietForm({ settings }: { settings: Route.ComponentProps["loaderData"] }) {
  const t = useT("notifications");
  const format = useFormat();
  const { mutedUntil, quietFrom, quietUntil, timeZone } = settings;
  return (
    <Section title={t("quiet")}>
      <div className="flex flex-col gap-5">
        <Form method="post" preventScrollReset className="flex flex-wrap items-center gap-2">
          <input type="hidden" name="intent" value="mute" />
          {mutedUntil ? (
            <>
              <p className="basis-full">{t("mutedUntil", { at: format.dateTime(mutedUntil) })}</p>
              <Button type="submit" name="minutes" value="0">
                {t("unmute")}
              </Button>
            </>
          ) : (
            <>
              <p className="basis-full text-dim">{t("muteNow")}</p>
              {pauses.map((minutes) => (
                <Button key={minutes} type="submit" name="minutes" value={minutes}>
                  {t("muteHours", { count: minutes / 60 })}
                </Button>
              ))}
            </>
          )}
        </Form>
        <Form method="post" preventScrollReset className="flex flex-wrap items-end gap-3">
          <label className="flex flex-col gap-1">
            <span className="text-xs font-medium">{t("quietFrom")}</span>
            <Input type="time" name="from" defaultValue={quietFrom ?? ""} />
          </label>
          <label className="flex flex-col gap-1">
            <span className="text-xs font-medium">{t("quietUntil")}</span>
            <Input type="time" name="until" defaultValue={quietUntil ?? ""} />
          </label>
          <Button type="submit" name="intent" value="quiet">
            {t("saveQuiet")}
          </Button>
          <p className="basis-full text-xs text-faint">{t("quietHint", { zone: timeZone.replaceAll("_", " ") })}</p>
        </Form>
      </div>
    </Section>
  );
}
