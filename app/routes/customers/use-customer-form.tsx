import { Link, useFetcher } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";

import type { CustomerAnswer } from "./act-on-customer.ts";

/** A small form of the customer's page, which stays where it is when it is sent. */
export function useCustomerForm() {
  return useFetcher<CustomerAnswer>();
}

/** Why it was refused, and where that leads. */
export function Refused({ answer }: { answer: CustomerAnswer | undefined }) {
  const t = useT("customers");
  const to = useTenantPath();
  const errorText = useErrorText();
  if (!answer || answer.ok) return null;
  return (
    <p role="alert" className="col-span-full text-xs text-bad">
      {errorText(Object.values(answer.fields).flat()[0] ?? answer.reason, answer.code)}{" "}
      {answer.holder ? (
        <Link to={to(`customers/${answer.holder.id}`)} className="link">
          {t("takenBy", { name: answer.holder.name })}
        </Link>
      ) : null}
    </p>
  );
}
