import { useEffect, type ReactNode } from "react";
import { useFetcher } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Select } from "#app/ui/inputs.tsx";
import { notify } from "#app/ui/notices.ts";

import type { TicketAnswer } from "./act-on-ticket.ts";
import { FieldControl, type OwnField, type OwnValue } from "./field-control.tsx";

interface ChoiceProps {
  ticketId: string;
  intent: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  shortcut?: string;
  /** It cannot be changed now. */
  fixed?: boolean;
}

/** A choice among several, saved when it is made. */
export function Choice({ ticketId, intent, label, value, options, shortcut, fixed = false }: ChoiceProps) {
  const { Form, submit } = useSavedField();
  const allowed = useCan("tickets.write") && !fixed;
  const id = `ticket-${intent}`;
  return (
    <>
      <label htmlFor={id} className="text-faint">
        {label}
      </label>
      <Form method="post" onChange={(event) => void submit(event.currentTarget)} className="flex gap-1">
        <input type="hidden" name="intent" value={intent} />
        <input type="hidden" name="ticketId" value={ticketId} />
        <Select
          id={id}
          name="value"
          key={value}
          defaultValue={value}
          disabled={!allowed}
          size="sm"
          aria-keyshortcuts={shortcut}
        >
          {options.map(([option, words]) => (
            <option key={option} value={option}>
              {words}
            </option>
          ))}
        </Select>
        <SaveWithoutScript />
      </Form>
    </>
  );
}

/** A field of the business's own: a choice is saved when it is made, words when one leaves them. */
export function OwnFieldRow({ ticketId, field, value }: { ticketId: string; field: OwnField; value: OwnValue }) {
  const { Form, submit, data } = useSavedField();
  const allowed = useCan("tickets.write") && !field.archivedAt;
  const id = `ticket-field-${field.id}`;
  const save = (form: HTMLFormElement) => void submit(form);
  const isChosen = field.type === "choice" || field.type === "yes_no";
  const refused = data !== undefined && !data.ok;
  return (
    <>
      <label htmlFor={id} className="leading-tight break-words text-faint">
        {field.name}
      </label>
      <Form
        method="post"
        className="flex gap-1"
        onChange={(event) => (isChosen ? save(event.currentTarget) : undefined)}
        onBlur={(event) => {
          const input = event.target;
          if (!isChosen && input instanceof HTMLInputElement && input.value !== input.defaultValue && input.form)
            save(input.form);
        }}
      >
        <input type="hidden" name="intent" value="field" />
        <input type="hidden" name="ticketId" value={ticketId} />
        <input type="hidden" name="fieldId" value={field.id} />
        <FieldControl
          key={String(value ?? "")}
          field={field}
          name="value"
          value={value}
          id={id}
          disabled={!allowed}
          size="sm"
          aria-invalid={refused || undefined}
        />
        <SaveWithoutScript />
      </Form>
    </>
  );
}

export function SaveWithoutScript(): ReactNode {
  const ui = useT("ui");
  return (
    <noscript>
      <button className="btn btn-sm">{ui("save")}</button>
    </noscript>
  );
}

/** A fetcher that says so when what it sent was refused. */
export function useSavedField() {
  const errorText = useErrorText();
  const fetcher = useFetcher<TicketAnswer>();
  const { data } = fetcher;
  useEffect(() => {
    if (data && !data.ok)
      notify({ text: errorText(Object.values(data.fields).flat()[0] ?? data.reason, data.code), tone: "bad" });
  }, [data, errorText]);
  return fetcher;
}
