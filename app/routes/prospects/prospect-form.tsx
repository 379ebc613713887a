import type { FieldMetadata } from "@conform-to/react";
import type { HTMLInputTypeAttribute, ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input, Textarea } from "#app/ui/inputs.tsx";
import { SelectField } from "#app/ui/select-field.tsx";

import { useCalendarFormat } from "../appointments/use-calendar-format.ts";
import type { UsedWords } from "./data.ts";

/** What the forms of a prospect ask for, as it is typed. */
export interface ProspectFields {
  interest: string;
  propertyType: string;
  place: string;
  budgetMinCents: string;
  budgetMaxCents: string;
  nextFollowUpAt: string;
  ownerId: string;
  notes: string;
}
type Fields = { [Name in keyof ProspectFields]: FieldMetadata<ProspectFields[Name]> };

interface ProspectFormProps {
  fields: Fields;
  members: readonly { userId: string; name: string }[];
  used: UsedWords;
  /** Further fields, before the notes. */
  children?: ReactNode;
}

/** What somebody looks for, for how much, when to speak with them and who does. */
export function ProspectForm({ fields, members, used, children }: ProspectFormProps) {
  const t = useT("prospects");
  const { zone } = useCalendarFormat();
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Words field={fields.interest} label={t("interest")} hint={t("interestHint")} used={used.interests} />
        <Words
          field={fields.propertyType}
          label={t("propertyType")}
          hint={t("propertyTypeHint")}
          used={used.propertyTypes}
        />
        <Words field={fields.place} label={t("place")} used={used.places} />
        <div className="grid grid-cols-2 items-start gap-4">
          <Plain field={fields.budgetMinCents} label={t("budgetMin")} inputMode="decimal" />
          <Plain field={fields.budgetMaxCents} label={t("budgetMax")} inputMode="decimal" />
        </div>
        <Plain
          field={fields.nextFollowUpAt}
          label={t("nextFollowUp")}
          hint={t("nextFollowUpHint", { zone: zone(0) })}
          type="datetime-local"
        />
        <SelectField
          field={fields.ownerId}
          label={t("owner")}
          options={[["", t("nobody")], ...members.map(({ userId, name }) => [userId, name] as const)]}
        />
        {children}
      </div>
      <Field field={fields.notes} label={t("notes")} hint={t("notesHint")} optional>
        {(aria) => (
          <Textarea
            {...aria}
            name={fields.notes.name}
            defaultValue={fields.notes.initialValue}
            rows={3}
            maxLength={4_000}
            className="bg-note"
          />
        )}
      </Field>
    </>
  );
}

interface WordsProps {
  field: FieldMetadata<string>;
  label: string;
  hint?: string;
  /** Offered to be chosen again. */
  used: readonly string[];
}

function Words({ field, label, hint, used }: WordsProps) {
  const list = `${field.id}-used`;
  return (
    <Field field={field} label={label} hint={hint} optional>
      {(aria) => (
        <>
          <Input {...aria} name={field.name} defaultValue={field.initialValue} list={list} autoComplete="off" />
          <datalist id={list}>
            {used.map((word) => (
              <option key={word}>{word}</option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

interface PlainProps {
  field: FieldMetadata<string>;
  label: string;
  hint?: string;
  type?: HTMLInputTypeAttribute;
  inputMode?: "decimal" | "numeric";
}

/** One value of a Conform form that may be left empty. */
export function Plain({ field, label, hint, type, inputMode }: PlainProps) {
  return (
    <Field field={field} label={label} hint={hint} optional>
      {(aria) => (
        <Input
          {...aria}
          type={type}
          inputMode={inputMode}
          name={field.name}
          defaultValue={field.initialValue}
          autoComplete="off"
        />
      )}
    </Field>
  );
}
