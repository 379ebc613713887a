import { SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { useState } from "react";
import { Form, useNavigate } from "react-router";

import { useT } from "#app/i18n/react.tsx";

import { isHalfTyped } from "./address-field.tsx";
import { buttonClass } from "./button.tsx";
import { LinkButton } from "./link-button.tsx";

interface FilterFormProps {
  label: string;
  /** The address that the form's fields ask for. */
  address: (asked: URLSearchParams) => string;
  /** Leads to the list without what narrows it; null: nothing does. */
  clear: { to: string; label: string } | null;
  children: ReactNode;
}

/**
 * What narrows a list: each choice is followed at once, and all of it stands in the address. On a phone the fields are
 * folded behind a button, which shows that some are on; without a script they are not.
 */
export function FilterForm({ label, address, clear, children }: FilterFormProps) {
  const t = useT("ui");
  const navigate = useNavigate();
  const [unfolded, unfold] = useState(false);
  return (
    <Form
      method="get"
      aria-label={label}
      className="filters flex flex-wrap items-end gap-x-3 gap-y-2 px-5 pb-3 max-sm:px-4"
      data-folded={unfolded ? undefined : ""}
      onChange={({ currentTarget, target }) => {
        if (!isHalfTyped(target)) void navigate(address(fieldsOf(currentTarget)), { preventScrollReset: true });
      }}
    >
      <button
        type="button"
        className={clear ? "chip chip-on tap filters-fold" : "chip tap filters-fold"}
        aria-expanded={unfolded}
        onClick={() => unfold(!unfolded)}
      >
        <SlidersHorizontal size={12} aria-hidden />
        {t("filter")}
      </button>
      {children}
      {clear ? (
        <LinkButton to={clear.to} size="sm" variant="quiet">
          {clear.label}
        </LinkButton>
      ) : null}
      <noscript>
        <button type="submit" className={buttonClass({ size: "sm" })}>
          {t("show")}
        </button>
      </noscript>
    </Form>
  );
}

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}
