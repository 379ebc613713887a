import type { FieldMetadata } from "@conform-to/react";
import { Search, X } from "lucide-react";
import { useRef } from "react";
import { Link, useNavigate } from "react-router";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";

import { focusFirst } from "../tickets/focus-first.ts";
import { bookingAddress } from "./booking-address.ts";
import type { BookingData } from "./new.tsx";

export type WhoFields = { customerId: string; displayName: string; phone: string; email: string };

interface WhoForProps {
  fields: { [Name in keyof WhoFields]: FieldMetadata<WhoFields[Name]> };
  data: BookingData;
}

const pauseMs = 250;

/** Whom it is for: a customer who is known, found by a name, a phone or an address, or a new one. */
export function WhoFor({ fields, data: { booking, customer, found } }: WhoForProps) {
  const t = useT("appointments");
  const errorText = useErrorText();
  const error = fields.customerId.errors?.[0];
  if (customer)
    return (
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">{t("customer")}</span> {customer.name}
        <input type="hidden" name="customerId" value={customer.id} />
        <Link
          to={bookingAddress(booking, { customer: undefined })}
          replace
          className="link inline-flex items-center gap-1 text-xs"
        >
          <X size={12} aria-hidden />
          {t("otherCustomer")}
        </Link>
      </p>
    );
  return (
    <fieldset className="group/who flex flex-col gap-3">
      <legend className="mb-1 font-medium">{t("customer")}</legend>
      {error ? (
        <p role="alert" className="text-xs text-bad">
          {errorText(error, "field")}
        </p>
      ) : null}
      <FindCustomer booking={booking} />
      {found === null ? (
        <>
          <input type="hidden" name="customerId" value="new" />
          <NewCustomer fields={fields} />
        </>
      ) : (
        <Found key={booking.search} fields={fields} found={found} />
      )}
    </fieldset>
  );
}

/** Looks while one types; without JavaScript, by its button. */
function FindCustomer({ booking }: { booking: BookingData["booking"] }) {
  const t = useT("appointments");
  const navigate = useNavigate();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const look = (search: string) => {
    clearTimeout(timer.current);
    const address = bookingAddress(booking, { search: search.trim() || undefined });
    timer.current = setTimeout(() => void navigate(address, { replace: true, preventScrollReset: true }), pauseMs);
  };
  return (
    <div className="flex gap-2">
      <div className="relative flex-1">
        <Search
          size={13}
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
        />
        <Input
          type="search"
          name="q"
          form="find-customer"
          defaultValue={booking.search}
          placeholder={t("findCustomer")}
          aria-label={t("findCustomer")}
          aria-keyshortcuts="/"
          autoComplete="off"
          className="pl-7"
          ref={focusFirst}
          onChange={(event) => look(event.currentTarget.value)}
        />
      </div>
      <noscript>
        <Button type="submit" form="find-customer">
          {t("find")}
        </Button>
      </noscript>
    </div>
  );
}

function Found({ fields, found }: { fields: WhoForProps["fields"]; found: NonNullable<BookingData["found"]> }) {
  const t = useT("appointments");
  const format = useFormat();
  const chosen = fields.customerId.initialValue ?? found[0]?.id ?? "new";
  const box = (value: string, label: string, hint?: string) => (
    <Checkbox
      key={value}
      type="radio"
      name="customerId"
      value={value}
      defaultChecked={chosen === value}
      label={label}
      hint={hint}
    />
  );
  return (
    <>
      <div role="radiogroup" aria-label={t("customer")} className="flex flex-col gap-1">
        {found.map(({ id, name, phone, email }) =>
          box(id, name, [phone && format.phone(phone), email].filter(Boolean).join(" · ")),
        )}
        {box("new", t("newCustomer"))}
      </div>
      <div className="hidden group-has-[[value=new]:checked]/who:block">
        <NewCustomer fields={fields} />
      </div>
    </>
  );
}

function NewCustomer({ fields }: { fields: WhoForProps["fields"] }) {
  const t = useT("appointments");
  const plain = (field: FieldMetadata<string>, label: string, type: string) => (
    <Field field={field} label={label}>
      {(aria) => <Input {...aria} type={type} name={field.name} defaultValue={field.initialValue} autoComplete="off" />}
    </Field>
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="grid items-start gap-3 sm:grid-cols-3">
        {plain(fields.displayName, t("name"), "text")}
        {plain(fields.phone, t("phone"), "tel")}
        {plain(fields.email, t("email"), "email")}
      </div>
      <p className="text-xs text-faint">{t("newCustomerHint")}</p>
    </div>
  );
}
