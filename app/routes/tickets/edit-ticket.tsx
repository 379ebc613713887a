import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Textarea } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { focusFirst } from "./focus-first.ts";

interface EditTicketProps {
  ticket: { id: string; subject: string; description: string };
  lastResult: SubmissionResult | undefined;
}

export function EditTicket({ ticket, lastResult }: EditTicketProps) {
  const t = useT("tickets");
  const ui = useT("ui");
  const { state, formData } = useNavigation();
  const [form, fields] = useForm<{ subject: string; description: string }>({
    id: "edit",
    lastResult,
    defaultValue: ticket,
  });
  const busy = state !== "idle" && formData?.get("intent") === "edit";
  return (
    <PostForm
      form={form}
      aria-label={t("editSubject")}
      className="flex flex-col gap-3 border-b border-line bg-sunken px-5 py-3 max-sm:px-4"
    >
      <input type="hidden" name="intent" value="edit" />
      <input type="hidden" name="ticketId" value={ticket.id} />
      <TextField field={fields.subject} label={t("subject")} maxLength={200} ref={focusFirst} />
      <Field field={fields.description} label={t("description")} optional>
        {(aria) => (
          <Textarea {...aria} name={fields.description.name} defaultValue={fields.description.initialValue} rows={3} />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          {ui("save")}
        </Button>
        <LinkButton to="?" replace variant="quiet">
          {ui("cancel")}
        </LinkButton>
      </div>
    </PostForm>
  );
}
