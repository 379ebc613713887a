import { Form, useLocation } from "react-router";

import { locales } from "#app/i18n/locales.ts";
import { useLocale } from "#app/i18n/react.tsx";

const names = { fr: "Français", en: "English" } as const;

/** The choice of a language for people who are not signed in; `label` names it for who listens. */
export function Languages({ label }: { label: string }) {
  const locale = useLocale();
  const { pathname, search } = useLocation();
  return (
    <Form
      method="post"
      action="/preferences"
      className="mt-auto flex gap-1 pt-12 text-xs"
      aria-label={label}
      preventScrollReset
    >
      <input type="hidden" name="back" value={pathname + search} />
      {locales.map((code) => (
        <button
          key={code}
          name="locale"
          value={code}
          lang={code}
          aria-pressed={code === locale}
          className="btn btn-quiet btn-sm -ml-2 first:ml-[-0.5rem] aria-pressed:text-fg"
        >
          {names[code]}
        </button>
      ))}
    </Form>
  );
}
