import type { ComponentProps } from "react";
import { useState } from "react";

import { Input, Select } from "./inputs.tsx";

type Addressed<T extends typeof Input | typeof Select> = Omit<ComponentProps<T>, "defaultValue" | "onChange"> & {
  value: string;
};

/** A choice that stands in the page's address. The field stays the same one, and so does the focus, as another page comes. */
export function AddressSelect({ value, ...rest }: Addressed<typeof Select>) {
  const [shown, show] = useShown(value);
  return <Select {...rest} value={shown} onChange={(event) => show(event.currentTarget.value)} />;
}

/** A word or a day that stands in the page's address. */
export function AddressInput({ value, ...rest }: Addressed<typeof Input>) {
  const [shown, show] = useShown(value);
  return <Input {...rest} value={shown} onChange={(event) => show(event.currentTarget.value)} />;
}

/** What was chosen, until the address says something else. */
function useShown(value: string) {
  const [shown, show] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    show(value);
  }
  return [shown, show] as const;
}

/** A day whose year is not typed to its end asks for nothing yet. */
export function isHalfTyped(field: EventTarget): boolean {
  return field instanceof HTMLInputElement && field.type === "date" && field.value !== "" && field.value < "1000";
}
