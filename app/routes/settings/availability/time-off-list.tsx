import { useFormat, useT } from "#app/i18n/react.tsx";
import { AddLine, LineField } from "#app/shell/add-line.tsx";
import { RemovableLine } from "#app/ui/removable-line.tsx";

import type { MemberHours } from "./member-hours.ts";

type TimeOff = MemberHours["timeOff"][number];

/** When a member takes no appointments, whatever their hours say: whole days of the business. */
export function TimeOffList({ timeOff, mayChange }: { timeOff: readonly TimeOff[]; mayChange: boolean }) {
  const t = useT("appointments");
  return (
    <>
      {timeOff.length === 0 ? <p className="text-dim">{t("noTimeOff")}</p> : null}
      <ul className="flex flex-col">
        {timeOff.map((one) => (
          <TimeOffLine key={one.id} timeOff={one} mayChange={mayChange} />
        ))}
      </ul>
      {mayChange ? (
        <AddLine intent="time-off" add={t("addTimeOff")} count={timeOff.length}>
          <LineField type="date" name="from" label={t("timeOffFrom")} required />
          <LineField type="date" name="until" label={t("timeOffUntil")} required />
          <LineField
            name="reason"
            label={t("timeOffReason")}
            maxLength={200}
            placeholder={t("timeOffExample")}
            place="min-w-44 flex-1"
          />
        </AddLine>
      ) : null}
    </>
  );
}

function TimeOffLine({
  timeOff: { id, startsAt, endsAt, reason },
  mayChange,
}: {
  timeOff: TimeOff;
  mayChange: boolean;
}) {
  const t = useT("appointments");
  const format = useFormat();
  const [first, last] = [format.date(startsAt), format.date(endsAt.getTime() - 1)];
  const span = first === last ? first : `${first} – ${last}`;
  return (
    <RemovableLine
      removal={
        mayChange
          ? { intent: "remove-time-off", name: "timeOffId", value: id, label: t("removeTimeOff", { span }) }
          : null
      }
    >
      <span className="tabular-nums">{span}</span>
      <span className="min-w-0 flex-1 truncate text-dim">{reason}</span>
    </RemovableLine>
  );
}
