import type { ReactNode } from "react";
import { Form, useNavigate } from "react-router";

import { isHalfTyped } from "./address-field.tsx";
import { buttonClass } from "./button.tsx";
import { LinkButton } from "./link-button.tsx";

interface FilterFormProps {
  label: string;
  /** The address that the form's fields ask for. */
  address: (asked: URLSearchParams) => string;
  /** Leads to the list without what narrows it; null: nothing does. */
  clear: { to: string; label: string } | null;
  /** The button of those without a script. */
  show: string;
  children: ReactNode;
}

/** What narrows a list: each choice is followed at once, and all of it stands in the address. */
export function FilterForm({ label, address, clear, show, children }: FilterFormProps) {
  const navigate = useNavigate();
  return (
    <Form
      method="get"
      aria-label={label}
      className="flex flex-wrap items-end gap-x-3 gap-y-2 px-5 pb-3 max-sm:px-4"
      onChange={({ currentTarget, target }) => {
        if (!isHalfTyped(target)) void navigate(address(fieldsOf(currentTarget)), { preventScrollReset: true });
      }}
    >
      {children}
      {clear ? (
        <LinkButton to={clear.to} size="sm" variant="quiet">
          {clear.label}
        </LinkButton>
      ) : null}
      <noscript>
        <button type="submit" className={buttonClass({ size: "sm" })}>
          {show}
        </button>
      </noscript>
    </Form>
  );
}

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}
