import { Search } from "lucide-react";
import { Form } from "react-router";

import { cx } from "./classes.ts";
import { Input } from "./inputs.tsx";

interface SearchInListProps {
  label: string;
  value: string | undefined;
  /** The rest of the list's address, without the search: "?view=open". */
  address: string;
  className?: string;
}

/** Searches a list through its address. Works without JavaScript too: the rest travels in hidden fields. */
export function SearchInList({ label, value, address, className }: SearchInListProps) {
  return (
    <Form method="get" role="search" aria-label={label} className={cx("relative", className)} key={value}>
      {[...new URLSearchParams(address)].map(([name, kept]) => (
        <input key={name} type="hidden" name={name} value={kept} />
      ))}
      <Search
        size={13}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
      />
      <Input
        type="search"
        name="q"
        size="sm"
        defaultValue={value}
        placeholder={label}
        aria-label={label}
        aria-keyshortcuts="/"
        className="w-full pl-7"
      />
    </Form>
  );
}
