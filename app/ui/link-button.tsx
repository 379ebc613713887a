import type { ComponentProps } from "react";
import { Link } from "react-router";

import { buttonClass, type ButtonLook } from "./button.tsx";
import { cx } from "./classes.ts";

interface LinkButtonProps extends ComponentProps<typeof Link>, ButtonLook {
  shortcut?: string;
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function LinkButton({ variant, size, icon, shortcut, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={cx(buttonClass({ variant, size }), className)} aria-keyshortcuts={shortcut}>
      {icon}
      {children}
    </Link>
  );
}
