import type { ComponentProps, MouseEvent, ReactNode } from "react";

import { cx } from "./classes.ts";

export type ButtonVariant = "plain" | "primary" | "danger" | "quiet";
export interface ButtonLook {
  variant?: ButtonVariant;
  size?: "md" | "sm";
  /** An icon before the words. */
  icon?: ReactNode;
}
interface ButtonProps extends ComponentProps<"button">, ButtonLook {
  /** The press has been taken and is being carried out: keeps its place and focus, ignores more presses. */
  busy?: boolean;
  /** A key that presses it from anywhere on the page, such as "E". */
  shortcut?: string;
}

export function Button({
  variant = "plain",
  size = "md",
  icon,
  busy = false,
  shortcut,
  type = "button",
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...rest}
      type={type}
      className={cx(buttonClass({ variant, size }), className)}
      aria-busy={busy || undefined}
      aria-keyshortcuts={shortcut}
      onClick={press}
    >
      {icon}
      {children}
    </button>
  );
}

/** The classes of a button, for links and file labels that look like one. */
export function buttonClass({ variant = "plain", size = "md" }: ButtonLook): string {
  return cx("btn", variant !== "plain" && `btn-${variant}`, size === "sm" && "btn-sm");
}
