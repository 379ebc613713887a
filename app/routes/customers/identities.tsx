import { Plus, Star, X } from "lucide-react";
import { useEffect, useRef } from "react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";

import type { CustomerDetail } from "./customer.tsx";
import { Refused, useCustomerForm } from "./use-customer-form.tsx";

type Identity = CustomerDetail["identities"][number];

/** How the person is known on the channels; who writes from one of these is them. */
export function Identities({ identities }: { identities: CustomerDetail["identities"] }) {
  const phones = new Set(identities.filter(({ kind }) => kind === "phone").map(({ value }) => value.slice(1)));
  // WhatsApp's id is the phone number once more.
  const shown = identities.filter(({ kind, value }) => kind !== "whatsapp_id" || !phones.has(value));
  return (
    <>
      <ul className="flex flex-col gap-1.5">
        {shown.map((identity) => (
          <IdentityLine key={identity.id} identity={identity} />
        ))}
      </ul>
      <AddIdentity />
    </>
  );
}

function IdentityLine({ identity }: { identity: Identity }) {
  const t = useT("customers");
  const format = useFormat();
  const { Form, data } = useCustomerForm();
  const mayEdit = useCan("customers.write");
  const value = identity.kind === "phone" ? format.phone(identity.value) : identity.value;
  const marks = [
    t(`identity.${identity.kind}`),
    identity.isPrimary ? t("primary") : null,
    identity.shared ? t("shared") : null,
  ];
  return (
    <li className="group flex items-center gap-1">
      <span className="min-w-0 flex-1">
        <span className="block truncate">{value}</span>
        <span className="block text-xs text-faint">{marks.filter(Boolean).join(" · ")}</span>
      </span>
      {mayEdit ? (
        <Form method="post" className="flex opacity-60 group-focus-within:opacity-100 group-hover:opacity-100">
          <input type="hidden" name="identityId" value={identity.id} />
          {identity.isPrimary || !["phone", "email"].includes(identity.kind) ? null : (
            <IconButton
              type="submit"
              name="intent"
              value="primary-identity"
              size="sm"
              label={t("makePrimary")}
              tipSide="end"
              icon={<Star size={13} aria-hidden />}
            />
          )}
          <IconButton
            type="submit"
            name="intent"
            value="remove-identity"
            size="sm"
            label={t("removeIdentity", { value })}
            tipSide="end"
            icon={<X size={13} aria-hidden />}
          />
        </Form>
      ) : null}
      <Refused answer={data} />
    </li>
  );
}

function AddIdentity() {
  const t = useT("customers");
  const { Form, state, data } = useCustomerForm();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (data?.ok) form.current?.reset();
  }, [data]);
  if (!useCan("customers.write")) return null;
  return (
    <details>
      <summary className="text-xs text-dim hover:text-fg">{t("addIdentity")}</summary>
      <Form method="post" ref={form} className="mt-1.5 grid grid-cols-[6.5rem_minmax(0,1fr)_auto] gap-1.5">
        <input type="hidden" name="intent" value="add-identity" />
        <Select name="kind" size="sm" aria-label={t("addIdentity")}>
          {(["phone", "email", "handle"] as const).map((kind) => (
            <option key={kind} value={kind}>
              {t(`identity.${kind}`)}
            </option>
          ))}
        </Select>
        <Input name="value" size="sm" required maxLength={200} aria-label={t("value")} />
        <Button type="submit" size="sm" busy={state !== "idle"} icon={<Plus size={13} aria-hidden />}>
          {t("add")}
        </Button>
        <Refused answer={data} />
      </Form>
    </details>
  );
}
