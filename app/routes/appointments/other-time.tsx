import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";

import { TimeFields } from "./time-fields.tsx";

interface OtherTimeProps {
  serviceId: string;
  members: readonly { userId: string; name: string }[];
  member: string | undefined;
  /** A time that was pressed in the calendar. */
  at: Date | undefined;
}

/** A time that is not among those that are offered: outside of working hours, or between two of them. */
export function OtherTime({ serviceId, members, member, at }: OtherTimeProps) {
  const t = useT("appointments");
  return (
    <details open={at !== undefined} className="border-t border-line pt-4">
      <summary className="w-fit cursor-pointer font-medium">{t("otherTime")}</summary>
      <p className="mt-1 text-xs text-faint">{t("otherTimeHint")}</p>
      <Form method="post" key={at?.getTime()} className="mt-3 flex flex-wrap items-end gap-3">
        <input type="hidden" name="intent" value="hold" />
        <input type="hidden" name="serviceId" value={serviceId} />
        <TimeFields timeWord={t("when")} at={at} members={members} member={member} />
        <Button type="submit" size="sm" variant={at ? "primary" : "plain"}>
          {t("keepTime")}
        </Button>
      </Form>
    </details>
  );
}
