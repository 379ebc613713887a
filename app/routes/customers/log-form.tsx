import { useEffect, useRef } from "react";

import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";

import { Refused, useCustomerForm } from "./use-customer-form.tsx";

const types = ["call", "visit", "email", "order", "other"] as const;

/** Writes down what happened elsewhere; folded away until it is wanted. */
export function LogForm({ currency }: { currency: string }) {
  const t = useT("customers");
  const { Form, state, data } = useCustomerForm();
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (!data?.ok || !details.current) return;
    details.current.open = false;
    details.current.querySelector("form")?.reset();
  }, [data]);
  if (!useCan("customers.write")) return null;
  return (
    <details ref={details} className="rounded-lg border border-line px-3 py-2 open:pb-3">
      <summary className="text-dim hover:text-fg">{t("log")}</summary>
      <Form method="post" className="mt-2 grid items-start gap-2 sm:grid-cols-[9rem_minmax(0,1fr)_8rem_auto]">
        <input type="hidden" name="intent" value="log" />
        <Select name="type" aria-label={t("logType")}>
          {types.map((type) => (
            <option key={type} value={type}>
              {t(`activity.${type}`)}
            </option>
          ))}
        </Select>
        <Input
          name="description"
          maxLength={1_000}
          placeholder={t("logDescription")}
          aria-label={t("logDescription")}
        />
        <Input
          name="amount"
          inputMode="decimal"
          placeholder={t("logAmount", { currency })}
          aria-label={`${t("logAmount", { currency })} · ${t("logAmountHint")}`}
        />
        <Button type="submit" busy={state !== "idle"}>
          {t("logAdd")}
        </Button>
        <Refused answer={data} />
      </Form>
    </details>
  );
}
