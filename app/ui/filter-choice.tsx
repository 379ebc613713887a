import type { ReactNode } from "react";

import { AddressSelect } from "./address-field.tsx";

interface FilterChoiceProps {
  name: string;
  label: string;
  /** What stands for no choice; none: one of them always holds. */
  any?: string;
  value: string | undefined;
  children: ReactNode;
}

/** One of the choices above a list that narrow it, with its label over it. */
export function FilterChoice({ name, label, any, value, children }: FilterChoiceProps) {
  return (
    <label className="flex min-w-36 flex-col gap-1 text-xs text-faint max-sm:flex-1">
      {label}
      <AddressSelect name={name} size="sm" value={value ?? ""}>
        {any ? <option value="">{any}</option> : null}
        {children}
      </AddressSelect>
    </label>
  );
}
