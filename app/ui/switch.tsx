import type { ComponentProps, ReactNode } from "react";

import { cx } from "./classes.ts";

interface SwitchProps extends Omit<ComponentProps<"input">, "type" | "role"> {
  label?: ReactNode;
  hint?: ReactNode;
}

/** On or off, at once; for a choice that is saved with a form use a checkbox. */
export function Switch({ label, hint, className, ...rest }: SwitchProps) {
  const control = <input {...rest} type="checkbox" role="switch" className={cx("switch tap", className)} />;
  if (label === undefined) return control;
  return (
    <label className="flex cursor-pointer items-start justify-between gap-4 py-1">
      <span>
        {label}
        {hint ? <span className="block text-xs text-faint">{hint}</span> : null}
      </span>
      {control}
    </label>
  );
}
