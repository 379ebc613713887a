import { useForm, type SubmissionResult } from "@conform-to/react";
import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Textarea } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import { focusFirst } from "./focus-first.ts";

/** What was done, then resolved; or resolved and on to the next. */
export function ResolveForm({ ticketId, lastResult }: { ticketId: string; lastResult: SubmissionResult | undefined }) {
  const t = useT("tickets");
  const ui = useT("ui");
  const { state, formData } = useNavigation();
  const [form, fields] = useForm<{ notes: string }>({ id: "resolve", lastResult });
  const busy = state !== "idle" && formData?.get("intent") === "resolve";
  return (
    <Form
      method="post"
      id={form.id}
      onSubmit={form.onSubmit}
      noValidate
      aria-label={t("resolveTitle")}
      className="flex flex-col gap-3 border-b border-line bg-active px-5 py-3 max-sm:px-4"
    >
      <input type="hidden" name="intent" value="resolve" />
      <input type="hidden" name="ticketId" value={ticketId} />
      <FormErrors errors={form.errors} id={form.errorId} />
      <Field field={fields.notes} label={t("resolutionNotes")} hint={t("resolutionHint")} optional>
        {(aria) => (
          <Textarea
            {...aria}
            name={fields.notes.name}
            defaultValue={fields.notes.initialValue}
            ref={focusFirst}
            rows={2}
            className="min-h-14"
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          {t("resolve")}
        </Button>
        <Button type="submit" name="next" value="1" busy={busy}>
          {t("resolveAndNext")}
        </Button>
        <LinkButton to="?" replace variant="quiet">
          {ui("cancel")}
        </LinkButton>
      </div>
    </Form>
  );
}
