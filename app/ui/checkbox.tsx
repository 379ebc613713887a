import type { ComponentProps, ReactNode } from "react";

import { cx } from "./classes.ts";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  type?: "checkbox" | "radio";
  /** Words beside it; without them give `aria-label`. */
  label?: ReactNode;
  hint?: ReactNode;
  /** Some, not all, of what it stands for is chosen. */
  mixed?: boolean;
}

export function Checkbox({ type = "checkbox", label, hint, mixed = false, className, ...rest }: CheckboxProps) {
  const box = (
    <input
      {...rest}
      type={type}
      className={cx("check tap", className)}
      ref={(element) => {
        if (element) element.indeterminate = mixed;
      }}
    />
  );
  if (label === undefined) return box;
  return (
    <label className="flex cursor-pointer items-start gap-2 py-0.5 [&>input]:mt-0.5">
      {box}
      <span>
        {label}
        {hint ? <span className="block text-xs text-faint">{hint}</span> : null}
      </span>
    </label>
  );
}
