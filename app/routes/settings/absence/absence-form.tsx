import { Form, useNavigation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { KeepTyping } from "#app/shell/keep-typing.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";

import type { AbsenceDays } from "./absence-days.ts";

interface AbsenceFormProps {
  /** Whose it is, where an admin sets it. */
  userId?: string;
  absence: AbsenceDays | null;
  /** Who may take over. */
  people: readonly { userId: string; name: string }[];
}

/** When somebody is out of the office, and who takes over. */
export function AbsenceForm({ userId, absence, people }: AbsenceFormProps) {
  const t = useT("teams");
  const format = useFormat();
  const { state, formData } = useNavigation();
  const busy = (intent: string) => state === "submitting" && formData?.get("intent") === intent;
  const substitute = people.find((person) => person.userId === absence?.substituteId);
  // At noon a day is the same day wherever it is read.
  const day = (text: string) => format.date(new Date(`${text}T12:00Z`));
  return (
    <Form method="post" preventScrollReset className="flex flex-col gap-3">
      {userId ? <input type="hidden" name="userId" value={userId} /> : null}
      <p className="text-xs text-dim">{t("absenceHint")}</p>
      {absence ? (
        <p className="font-medium">
          {t("absenceNow", { from: day(absence.from), until: day(absence.until) })}{" "}
          {substitute ? t("absenceBy", { name: substitute.name }) : null}
        </p>
      ) : null}
      <KeepTyping saved={absence}>
        <div className="flex flex-wrap items-end gap-3">
          <label className="flex flex-col gap-1 text-xs">
            {t("absenceFrom")}
            <Input type="date" name="from" size="sm" required defaultValue={absence?.from ?? ""} className="w-40!" />
          </label>
          <label className="flex flex-col gap-1 text-xs">
            {t("absenceUntil")}
            <Input type="date" name="until" size="sm" required defaultValue={absence?.until ?? ""} className="w-40!" />
          </label>
          <label className="flex flex-col gap-1 text-xs">
            {t("substitute")}
            <Select name="substituteId" size="sm" defaultValue={absence?.substituteId ?? ""} className="w-48!">
              <option value="">{t("noSubstitute")}</option>
              {people.map((person) => (
                <option key={person.userId} value={person.userId}>
                  {person.name}
                </option>
              ))}
            </Select>
          </label>
          <Button type="submit" name="intent" value="absence" size="sm" busy={busy("absence")}>
            {t("absenceSave")}
          </Button>
        </div>
      </KeepTyping>
      {absence ? (
        <div>
          <Button
            type="submit"
            name="intent"
            value="absence-end"
            size="sm"
            variant="quiet"
            formNoValidate
            busy={busy("absence-end")}
          >
            {t("absenceEnd")}
          </Button>
        </div>
      ) : null}
    </Form>
  );
}
