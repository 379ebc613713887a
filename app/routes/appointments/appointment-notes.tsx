import { useFetcher } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Textarea } from "#app/ui/inputs.tsx";

import type { AppointmentAnswer } from "./act-on-appointment.ts";
import type { AppointmentDetail } from "./data.ts";

/** What the customer said, and what is for the team alone. */
export function AppointmentNotes({ detail }: { detail: AppointmentDetail }) {
  const t = useT("appointments");
  const errorText = useErrorText();
  const mayWrite = useCan("appointments.write");
  const { Form, state, data } = useFetcher<AppointmentAnswer>();
  const refused = data && "ok" in data && !data.ok ? data : null;
  const field = (name: "notes" | "internalNotes", hint: string) => (
    <label className="flex flex-col gap-1 font-medium">
      {t(name)}
      <Textarea
        key={detail[name]}
        name={name}
        rows={3}
        maxLength={2_000}
        defaultValue={detail[name]}
        readOnly={!mayWrite}
        className={name === "internalNotes" ? "bg-note font-normal" : "font-normal"}
      />
      <span className="text-xs font-normal text-faint">{hint}</span>
    </label>
  );
  return (
    <Form method="post" aria-label={t("notesTitle")} className="flex flex-col gap-3">
      <input type="hidden" name="intent" value="notes" />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {field("notes", t("notesHint"))}
        {field("internalNotes", t("internalNotesHint"))}
      </div>
      {mayWrite ? (
        <div className="flex items-center gap-3">
          <Button type="submit" size="sm" busy={state !== "idle"}>
            {t("saveNotes")}
          </Button>
          <span role="status" className="text-dim">
            {state === "idle" && data && "ok" in data && data.ok ? t("saved") : ""}
          </span>
          {refused ? (
            <span role="alert" className="text-xs text-bad">
              {errorText(refused.reason, refused.code)}
            </span>
          ) : null}
        </div>
      ) : null}
    </Form>
  );
}
