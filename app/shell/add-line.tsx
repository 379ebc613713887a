import type { ComponentProps, ReactNode } from "react";
import { Form } from "react-router";

import { Button, type ButtonVariant } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";
import { Input } from "#app/ui/inputs.tsx";

import { KeepTyping } from "./keep-typing.tsx";

interface AddLineProps {
  intent: string;
  /** Words of the button. */
  add: string;
  /** The form's name, where the button's words do not say what is added. */
  label?: string;
  /** How many lines the list has: once it has another, the form is empty again. */
  count: number;
  variant?: ButtonVariant;
  /** Stands below the fields. */
  hint?: ReactNode;
  children: ReactNode;
}

/** The form beside a list that adds a line to it. */
export function AddLine({ intent, add, label = add, count, variant, hint, children }: AddLineProps) {
  return (
    <KeepTyping saved={count}>
      <Form method="post" preventScrollReset aria-label={label} className="flex flex-wrap items-end gap-2">
        <input type="hidden" name="intent" value={intent} />
        {children}
        <Button type="submit" variant={variant}>
          {add}
        </Button>
        {hint}
      </Form>
    </KeepTyping>
  );
}

interface LineFieldProps extends ComponentProps<typeof Input> {
  label: string;
  /** Classes of the field's place in the line. */
  place?: string;
}

/** One field of such a form, under its label. */
export function LineField({ label, place, className, ...input }: LineFieldProps) {
  return (
    <label className={cx("flex flex-col gap-1 font-medium", place)}>
      {label}
      <Input autoComplete="off" {...input} className={cx("font-normal", className)} />
    </label>
  );
}
