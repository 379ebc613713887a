import { Form } from "react-router";

import { Input } from "#app/ui/inputs.tsx";
import { RowAction } from "#app/ui/row-action.tsx";

import { KeepTyping } from "./keep-typing.tsx";

interface RenameFormProps {
  id: string;
  name: string;
  /** What is done and to which line, for those who do not see where it stands. */
  label: string;
  /** The button's words. */
  children: string;
}

/** Gives a line of a list another name, in its place: posts `id` and `name` with the intent `rename`. */
export function RenameForm({ id, name, label, children }: RenameFormProps) {
  return (
    <KeepTyping saved={name}>
      <Form method="post" preventScrollReset className="flex items-center gap-1.5">
        <input type="hidden" name="id" value={id} />
        <Input
          name="name"
          size="sm"
          required
          maxLength={60}
          autoComplete="off"
          defaultValue={name}
          aria-label={label}
          className="w-48"
        />
        <RowAction intent="rename" variant="quiet" label={label}>
          {children}
        </RowAction>
      </Form>
    </KeepTyping>
  );
}
