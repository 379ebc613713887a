import { useEffect, useRef, type ReactNode } from "react";
import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Page } from "#app/shell/page.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import { ActionRows } from "./action-rows.tsx";
import { ConditionRows } from "./condition-rows.tsx";
import type { Choices } from "./data.ts";
import { changedFields, events } from "./data.ts";
import type { Edited } from "./edit-rule.ts";
import { TryPanel } from "./try-panel.tsx";

interface RuleEditorProps {
  isNew: boolean;
  choices: Choices;
  edited: Edited;
}

/** When, if, then. Each button sends the whole form, so that it works without JavaScript; only saving keeps anything. */
export function RuleEditor({ isNew, choices, edited }: RuleEditorProps) {
  const t = useT("automation");
  const { state, formData } = useNavigation();
  const intent = state === "submitting" ? String(formData?.get("intent")) : null;
  const { draft, errors = {}, added, tried } = edited;
  const form = useRef<HTMLFormElement>(null);
  // Who added a row goes on in it.
  useEffect(() => {
    if (added) form.current?.querySelector<HTMLElement>(`[name^="${added}."]:not([type=hidden])`)?.focus();
  }, [added]);
  return (
    <Page title={t(isNew ? "add" : "edit")}>
      <Form
        // Rows that went or came are another form: what was typed is in the draft.
        key={JSON.stringify([draft.conditions.map((one) => one.field), draft.actions.map((one) => one.do)])}
        ref={form}
        method="post"
        noValidate
        preventScrollReset
        className="flex max-w-3xl flex-col gap-6 px-5 pb-12 max-sm:px-4"
      >
        {/* What Enter presses. */}
        <button type="submit" name="intent" value="save" className="sr-only" tabIndex={-1} aria-hidden>
          {t("save")}
        </button>
        <FormErrors errors={errors["form"]} />
        <Field field={{ id: "name", errors: errors["name"] }} label={t("name")} hint={t("nameHint")}>
          {(aria) => <Input {...aria} name="name" defaultValue={draft.name} maxLength={80} autoComplete="off" />}
        </Field>
        <Part title={t("when")}>
          <div className="group flex flex-wrap items-end gap-3">
            <Select name="event" defaultValue={draft.event} aria-label={t("when")} className="w-auto max-w-full">
              {events.map((event) => (
                <option key={event} value={event}>
                  {t(`event.${event}`)}
                </option>
              ))}
            </Select>
            <label className="hidden flex-col gap-1 group-has-[option[value=ticket\_changed]:checked]:flex">
              <span className="text-xs text-dim">{t("whichChange")}</span>
              <Select name="changed" defaultValue={draft.changed ?? ""} className="w-auto max-w-full">
                <option value="">{t("anyChange")}</option>
                {changedFields.map((field) => (
                  <option key={field} value={field}>
                    {t(`changed.${field}`)}
                  </option>
                ))}
              </Select>
            </label>
            <p className="hidden text-xs text-faint group-has-[option[value=call\_missed]:checked]:block">
              {t("missedHint")}
            </p>
          </div>
        </Part>
        <Part title={t("whether")}>
          <ConditionRows draft={draft} choices={choices} errors={errors} />
        </Part>
        <Part title={t("thereupon")}>
          <ActionRows draft={draft} choices={choices} errors={errors} />
        </Part>
        <div className="flex flex-wrap items-center gap-2 border-t border-line pt-5">
          <Button type="submit" name="intent" value="save" variant="primary" busy={intent === "save"}>
            {t(isNew ? "saveNew" : "save")}
          </Button>
          <LinkButton to=".." relative="path" variant="quiet">
            {t("cancel")}
          </LinkButton>
          {isNew ? <p className="text-xs text-faint">{t("newIsOff")}</p> : null}
        </div>
        <TryPanel draft={draft} tried={tried} choices={choices} trying={intent} />
      </Form>
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 border-t border-line pt-4">
      <legend className="float-left mb-3 w-full text-base font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}
