import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Form, Link, useLocation, useSubmit } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Input } from "#app/ui/inputs.tsx";

import type { View } from "./data.ts";

const restMs = 200;

/** Finds conversations by their customer, in every view; what is asked for stands in the address. */
export function FindBox({ view, query }: { view: View; query: string }) {
  const t = useT("inbox");
  const submit = useSubmit();
  const { pathname } = useLocation();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState(query);
  const [known, setKnown] = useState(query);
  if (query !== known) {
    setKnown(query);
    // Another view was chosen, or the search was cleared; what is still being typed is left alone.
    if (query === "") setText("");
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <Form
      action={pathname}
      role="search"
      aria-label={t("findLabel")}
      className="relative flex-none border-b border-line p-2"
      preventScrollReset
    >
      <input type="hidden" name="view" value={view} />
      <Search size={14} aria-hidden className="absolute top-1/2 left-4.5 -translate-y-1/2 text-faint" />
      <Input
        name="q"
        type="text"
        inputMode="search"
        autoComplete="off"
        value={text}
        placeholder={t("find")}
        aria-label={t("findLabel")}
        aria-keyshortcuts="/"
        aria-description={query ? t("foundEverywhere") : undefined}
        className="border-transparent bg-sunken pl-7"
        onChange={({ currentTarget: { value, form } }) => {
          setText(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            void submit(form, { replace: query !== "", preventScrollReset: true });
          }, restMs);
        }}
      />
      {query ? (
        <Link
          to={`${pathname}?view=${view}`}
          aria-label={t("clearSearch")}
          className="tap absolute top-1/2 right-4 grid size-5 -translate-y-1/2 place-items-center rounded-full text-faint hover:text-fg"
        >
          <X size={14} aria-hidden />
        </Link>
      ) : null}
    </Form>
  );
}
