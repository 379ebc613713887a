import type { ComponentProps } from "react";

import { Button } from "./button.tsx";

interface RowActionProps extends Omit<
  ComponentProps<typeof Button>,
  "type" | "name" | "value" | "size" | "aria-label"
> {
  intent: string;
  /** What is done and to which line, for those who do not see where the button stands. */
  label: string;
}

/** A small button of a line that submits its form with an intent. */
export function RowAction({ intent, label, ...rest }: RowActionProps) {
  return <Button {...rest} type="submit" name="intent" value={intent} size="sm" aria-label={label} />;
}
