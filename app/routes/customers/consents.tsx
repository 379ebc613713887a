import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";

import type { CustomerDetail } from "./customer.tsx";
import { Refused, useCustomerForm } from "./use-customer-form.tsx";

const names = [
  "whatsappEnabled",
  "smsEnabled",
  "emailEnabled",
  "phoneEnabled",
  "instagramEnabled",
  "marketingConsent",
] as const;

export function Consents({ preferences }: { preferences: CustomerDetail["preferences"] }) {
  const t = useT("customers");
  const format = useFormat();
  const { Form, state, data } = useCustomerForm();
  const mayEdit = useCan("customers.write");
  const since = preferences.marketingConsentAt;
  return (
    <Form method="post" className="flex flex-col gap-1">
      <input type="hidden" name="intent" value="preferences" />
      <p className="text-xs text-faint">{t("preferencesHint")}</p>
      {names.map((name) => (
        <Checkbox
          key={`${name} ${preferences[name]}`}
          name={name}
          defaultChecked={preferences[name]}
          disabled={!mayEdit}
          label={t(`pref.${name}`)}
          hint={name === "marketingConsent" && since ? t("consentSince", { date: format.date(since) }) : undefined}
        />
      ))}
      {mayEdit ? (
        <div className="mt-1 flex items-center gap-2">
          <Button type="submit" size="sm" busy={state !== "idle"}>
            {t("save")}
          </Button>
          <span role="status" className="text-xs text-ok">
            {data?.ok && state === "idle" ? t("saved") : ""}
          </span>
        </div>
      ) : null}
      <Refused answer={data} />
    </Form>
  );
}
