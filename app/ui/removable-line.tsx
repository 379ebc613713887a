import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Form } from "react-router";

import { IconButton } from "./icon-button.tsx";

interface Removal {
  intent: string;
  /** The hidden field that says which line, and its value. */
  name: string;
  value: string;
  label: string;
}

/** A line of a plain list, with a cross at its end where it may be taken out: a form of its own. */
export function RemovableLine({ removal, children }: { removal: Removal | null; children: ReactNode }) {
  return (
    <li className="flex min-h-9 items-center gap-4 border-t border-line first:border-t-0">
      {children}
      {removal ? (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="intent" value={removal.intent} />
          <input type="hidden" name={removal.name} value={removal.value} />
          <IconButton type="submit" label={removal.label} icon={<X size={14} aria-hidden />} tipSide="end" />
        </Form>
      ) : null}
    </li>
  );
}
