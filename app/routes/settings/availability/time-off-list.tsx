import { Form } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { KeepTyping } from "#app/shell/keep-typing.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { RemoveLine } from "#app/ui/remove-line.tsx";

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
        <KeepTyping saved={timeOff.length}>
          <Form method="post" preventScrollReset className="flex flex-wrap items-end gap-2">
            <input type="hidden" name="intent" value="time-off" />
            <label className="flex flex-col gap-1 font-medium">
              {t("timeOffFrom")}
              <Input type="date" name="from" required className="font-normal" />
            </label>
            <label className="flex flex-col gap-1 font-medium">
              {t("timeOffUntil")}
              <Input type="date" name="until" required className="font-normal" />
            </label>
            <label className="flex min-w-44 flex-1 flex-col gap-1 font-medium">
              {t("timeOffReason")}
              <Input name="reason" maxLength={200} placeholder={t("timeOffExample")} className="font-normal" />
            </label>
            <Button type="submit">{t("addTimeOff")}</Button>
          </Form>
        </KeepTyping>
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
    <li className="flex min-h-9 items-center gap-4 border-t border-line first:border-t-0">
      <span className="tabular-nums">{span}</span>
      <span className="min-w-0 flex-1 truncate text-dim">{reason}</span>
      {mayChange ? (
        <RemoveLine intent="remove-time-off" name="timeOffId" value={id} label={t("removeTimeOff", { span })} />
      ) : null}
    </li>
  );
}
