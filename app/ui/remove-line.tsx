import { X } from "lucide-react";
import { Form } from "react-router";

import { IconButton } from "./icon-button.tsx";

interface RemoveLineProps {
  intent: string;
  /** The hidden field that says which line, and its value. */
  name: string;
  value: string;
  label: string;
}

/** The cross at the end of a line: a form of its own, which takes the line out of its list. */
export function RemoveLine({ intent, name, value, label }: RemoveLineProps) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name={name} value={value} />
      <IconButton type="submit" label={label} icon={<X size={14} aria-hidden />} tipSide="end" />
    </Form>
  );
}
