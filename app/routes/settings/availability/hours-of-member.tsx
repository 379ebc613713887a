import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useShell } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Select } from "#app/ui/inputs.tsx";

import { WeekFields } from "../channels/week-fields.tsx";
import type { MemberHours } from "./member-hours.ts";

interface HoursOfMemberProps {
  member: MemberHours;
  timezones: readonly string[];
  mayChange: boolean;
}

/** The week: as the business is open, or hours of one's own. */
export function HoursOfMember({ member, timezones, mayChange }: HoursOfMemberProps) {
  const t = useT("appointments");
  const { tenant } = useShell();
  const { state, formData } = useNavigation();
  const { days, businessDays, timezone, ownTimezone } = member;
  return (
    <Form method="post" preventScrollReset className="group/hours flex flex-col gap-4">
      <input type="hidden" name="intent" value="hours" />
      <div className="flex flex-col gap-1">
        <Checkbox
          type="radio"
          name="limited"
          value="business"
          defaultChecked={days === null}
          label={t("asBusiness")}
          hint={businessDays === null ? t("asBusinessUnset") : t("asBusinessHint")}
        />
        <Checkbox type="radio" name="limited" value="on" defaultChecked={days !== null} label={t("ownHours")} />
      </div>
      <div className="flex flex-col gap-4 group-has-[[value=business]:checked]/hours:hidden">
        <WeekFields hours={{ days: days ?? businessDays ?? {}, closed: [] }} />
        <label className="flex max-w-80 flex-col gap-1 font-medium">
          {t("ownZone")}
          <Select name="timezone" defaultValue={ownTimezone ? timezone : ""} className="font-normal">
            <option value="">{t("zoneOfBusiness", { zone: tenant.timezone })}</option>
            {timezones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </Select>
        </label>
      </div>
      {mayChange ? (
        <Button
          type="submit"
          variant="primary"
          className="self-start"
          busy={state !== "idle" && formData?.get("intent") === "hours"}
        >
          {t("saveHours")}
        </Button>
      ) : null}
    </Form>
  );
}
