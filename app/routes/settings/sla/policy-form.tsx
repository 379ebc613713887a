import { useForm, type SubmissionResult } from "@conform-to/react";
import type { ReactNode } from "react";
import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Field, type FieldState } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { focusFirst } from "../../tickets/focus-first.ts";
import { channels, priorities, priorityWords } from "../../tickets/ticket-words.ts";
import { durationText } from "./duration.ts";
import type { Policy } from "./page.tsx";

interface PolicyFormProps {
  policy: Policy | null;
  colleagues: readonly { userId: string; name: string }[];
  refused: SubmissionResult | undefined;
}

type Values = Record<
  | "name"
  | "priorities"
  | "firstResponseMinutes"
  | "nextResponseMinutes"
  | "resolutionMinutes"
  | "warnMinutes"
  | "escalatePriority"
  | "escalateAssigneeId",
  string
>;

/** A promise: for which tickets, within what time, and what happens when it is broken. */
export function PolicyForm({ policy, colleagues, refused }: PolicyFormProps) {
  const t = useT("sla");
  const ui = useT("ui");
  const tickets = useT("tickets");
  const { state } = useNavigation();
  const [form, fields] = useForm<Values>({
    id: "policy",
    lastResult: refused,
    defaultValue: {
      name: policy?.name ?? "",
      firstResponseMinutes: durationText(policy?.firstResponseMinutes ?? null),
      nextResponseMinutes: durationText(policy?.nextResponseMinutes ?? null),
      resolutionMinutes: durationText(policy?.resolutionMinutes ?? null),
      warnMinutes: durationText(policy ? policy.warnMinutes || null : 30),
      escalatePriority: policy?.escalatePriority ?? "",
      escalateAssigneeId: policy?.escalateAssigneeId ?? "",
    },
  });
  const priorityChoices = priorities.map((one) => [one, ui(priorityWords[one])] as const);
  const nothing = ["", t("unchanged")] as const;
  return (
    <Form
      method="post"
      id={form.id}
      onSubmit={form.onSubmit}
      noValidate
      aria-label={policy ? t("change", { name: policy.name }) : t("new")}
      className="flex flex-col gap-5 rounded-lg border border-line bg-raised p-4"
    >
      <h2 className="font-semibold">{policy ? t("change", { name: policy.name }) : t("new")}</h2>
      <FormErrors errors={form.errors} id={form.errorId} />
      <input type="hidden" name="intent" value="policy" />
      <input type="hidden" name="policyId" value={policy?.id ?? ""} />
      <TextField field={fields.name} label={t("name")} placeholder={t("nameExample")} maxLength={60} ref={focusFirst} />
      <Part title={t("conditions")} hint={t("conditionsHint")}>
        <Field field={fields.priorities} label={t("priorities")}>
          {(aria) => (
            <div {...aria} role="group" aria-label={t("priorities")} className="flex flex-wrap gap-x-5">
              {priorityChoices.map(([value, label]) => (
                <Checkbox
                  key={value}
                  name="priorities"
                  value={value}
                  label={label}
                  defaultChecked={policy?.priorities.includes(value)}
                />
              ))}
            </div>
          )}
        </Field>
        <div role="group" aria-label={t("channels")} className="flex flex-wrap gap-x-5">
          <span className="w-full font-medium">{t("channels")}</span>
          {channels.map((value) => (
            <Checkbox
              key={value}
              name="channels"
              value={value}
              label={tickets(`channel.${value}`)}
              defaultChecked={policy?.channels.includes(value)}
            />
          ))}
        </div>
      </Part>
      <Part title={t("targets")} hint={t("targetsHint")}>
        <div className="grid items-end gap-4 sm:grid-cols-3">
          <DurationField field={fields.firstResponseMinutes} label={t("firstResponse")} example="30 min" />
          <DurationField field={fields.nextResponseMinutes} label={t("nextResponse")} example="2 h" />
          <DurationField field={fields.resolutionMinutes} label={t("resolution")} example="8 h" />
        </div>
      </Part>
      <Part title={t("late")} hint={t("warnHint")}>
        <div className="grid items-end gap-4 sm:grid-cols-3">
          <DurationField field={fields.warnMinutes} label={t("warn")} example="30 min" />
          <SelectField
            field={fields.escalatePriority}
            label={t("escalatePriority")}
            options={[nothing, ...priorityChoices]}
          />
          <SelectField
            field={fields.escalateAssigneeId}
            label={t("escalateAssignee")}
            options={[nothing, ...colleagues.map(({ userId, name }) => [userId, name] as const)]}
          />
        </div>
      </Part>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={state !== "idle"}>
          {t("save")}
        </Button>
        <LinkButton to="?" replace variant="quiet">
          {t("cancel")}
        </LinkButton>
      </div>
    </Form>
  );
}

function Part({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="font-medium">{title}</legend>
      <p className="text-xs text-faint">{hint}</p>
      {children}
    </fieldset>
  );
}

function DurationField({ field, label, example }: { field: FieldState & Named; label: string; example: string }) {
  return (
    <Field field={field} label={label}>
      {(aria) => (
        <Input {...aria} name={field.name} defaultValue={field.initialValue} placeholder={example} autoComplete="off" />
      )}
    </Field>
  );
}

interface Named {
  name: string;
  initialValue?: string | undefined;
}
