import type { ComponentProps, ReactNode } from "react";

import { Button, type ButtonVariant } from "./button.tsx";
import { cx } from "./classes.ts";

interface IconButtonProps extends Omit<ComponentProps<typeof Button>, "children" | "icon"> {
  /** Its name, read aloud and shown on hover and focus. */
  label: string;
  icon: ReactNode;
  variant?: ButtonVariant;
  tipSide?: "top" | "bottom" | "end";
}

export function IconButton({ label, icon, variant = "quiet", tipSide, className, ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      variant={variant}
      className={cx("btn-icon tap", className)}
      aria-label={label}
      data-tip={label}
      data-tip-side={tipSide}
      icon={icon}
    />
  );
}
