import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { useErrorText, useT } from "#app/i18n/react.tsx";

import { cx } from "./classes.ts";

/** What the field needs of a form library's field; Conform's metadata fits as it is. */
export interface FieldState {
  id: string;
  errors?: readonly string[] | undefined;
}
interface Aria {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}
interface FieldProps {
  field: FieldState;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean;
  /** The control, given the attributes that tie it to its label, hint and error. */
  children: (aria: Aria) => ReactNode;
  className?: string;
}

/** Label, control, hint and error, tied together for readers. Errors are reasons; their words come from `errors`. */
export function Field({ field, label, hint, optional = false, children, className }: FieldProps) {
  const t = useT("ui");
  const errorText = useErrorText();
  const error = field.errors?.[0];
  const hintId = hint ? `${field.id}-hint` : undefined;
  const errorId = error ? `${field.id}-error` : undefined;
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <label htmlFor={field.id} className="font-medium">
        {label}
        {optional ? <span className="ml-1.5 font-normal text-faint">{t("optional")}</span> : null}
      </label>
      {children({
        id: field.id,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": [errorId, hintId].filter(Boolean).join(" ") || undefined,
      })}
      {error ? (
        <p id={errorId} className="flex items-start gap-1.5 text-xs text-bad">
          <CircleAlert size={14} aria-hidden className="mt-px" />
          {errorText(error, "field")}
        </p>
      ) : null}
      {hint ? (
        <p id={hintId} className="text-xs text-faint">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
