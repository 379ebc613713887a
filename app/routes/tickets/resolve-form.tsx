import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Field } from "#app/ui/field.tsx";
import { Textarea } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

import { FieldControl, fieldName, type OwnField } from "./field-control.tsx";
import { focusFirst } from "./focus-first.ts";
import { QueueField } from "./queue-field.tsx";

interface ResolveFormProps {
  ticketId: string;
  /** What the business requires and the ticket lacks. */
  missing: readonly OwnField[];
  /** Children that are still being worked on. */
  openChildren: number;
  lastResult: SubmissionResult | undefined;
}

/** What was done and what is still missing, then resolved; or resolved and on to the next. */
export function ResolveForm({ ticketId, missing, openChildren, lastResult }: ResolveFormProps) {
  const t = useT("tickets");
  const work = useT("ticketWork");
  const ui = useT("ui");
  const { state, formData } = useNavigation();
  const [form, fields] = useForm<Record<string, string>>({ id: "resolve", lastResult });
  const busy = state !== "idle" && formData?.get("intent") === "resolve";
  return (
    <PostForm
      form={form}
      aria-label={t("resolveTitle")}
      className="flex flex-col gap-3 border-b border-line bg-active px-5 py-3 max-sm:px-4"
    >
      <input type="hidden" name="intent" value="resolve" />
      <input type="hidden" name="ticketId" value={ticketId} />
      <QueueField />
      {missing.length > 0 ? (
        <fieldset className="grid gap-3 sm:grid-cols-2">
          <legend className="mb-1 text-xs text-dim">{work("requiredToResolve")}</legend>
          {missing.map((field) => {
            const name = fieldName(field);
            return (
              <Field key={field.id} field={stateOf(name, lastResult)} label={field.name}>
                {(aria) => (
                  <FieldControl {...aria} field={field} name={name} value={textOf(lastResult?.initialValue?.[name])} />
                )}
              </Field>
            );
          })}
        </fieldset>
      ) : null}
      <Field
        field={{ id: "resolve-notes", errors: fields["notes"]?.errors }}
        label={t("resolutionNotes")}
        hint={t("resolutionHint")}
        optional
      >
        {(aria) => (
          <Textarea
            {...aria}
            name="notes"
            defaultValue={textOf(lastResult?.initialValue?.["notes"])}
            ref={focusFirst}
            rows={2}
            className="min-h-14"
          />
        )}
      </Field>
      {openChildren > 0 ? (
        <Checkbox name="children" value="yes" label={work("resolveChildren", { count: openChildren })} />
      ) : null}
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
    </PostForm>
  );
}

/** A field whose name is no name of the form's own type, with what was refused of it. */
function stateOf(name: string, lastResult: SubmissionResult | undefined) {
  return { id: `resolve-${name.replace(":", "-")}`, errors: lastResult?.error?.[name] ?? undefined };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
