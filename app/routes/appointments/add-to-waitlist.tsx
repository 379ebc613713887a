import { useForm, type SubmissionResult } from "@conform-to/react";
import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { focusFirst } from "../tickets/focus-first.ts";
import { stepped } from "./calendar-address.ts";
import type { WaitlistData } from "./waitlist.tsx";

type Fields = Record<
  "displayName" | "phone" | "email" | "serviceId" | "memberId" | "from" | "until" | "customer",
  string
>;

/** Somebody who asked a member: who they are, what for, and on which days they would come. */
export function AddToWaitlist({ data, refused }: { data: WaitlistData; refused: SubmissionResult | undefined }) {
  const t = useT("appointmentMessages");
  const words = useT("appointments");
  const { state } = useNavigation();
  const { services, today } = data;
  const [form, fields] = useForm<Fields>({
    id: "add-to-waitlist",
    lastResult: refused,
    defaultValue: {
      from: today,
      until: stepped({ view: "month", day: today }, 1),
      serviceId: services[0]?.id ?? "",
      memberId: "",
    },
  });
  const members = [...new Map(services.flatMap((one) => one.members).map((one) => [one.userId, one.name]))];
  return (
    <section aria-label={t("addTitle")} className="flex flex-col gap-3 rounded-xl bg-sunken px-5 py-4 max-sm:px-4">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="font-semibold">{t("addTitle")}</h2>
        <LinkButton to="?" replace size="sm" variant="quiet">
          {t("addNot")}
        </LinkButton>
      </div>
      <Form
        method="post"
        id={form.id}
        onSubmit={form.onSubmit}
        noValidate
        aria-label={t("addTitle")}
        className="flex flex-col gap-4"
      >
        <FormErrors errors={form.errors ?? fields.customer.errors} id={form.errorId} />
        <input type="hidden" name="intent" value="add" />
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <TextField field={fields.displayName} label={words("name")} maxLength={160} ref={focusFirst} />
          <TextField field={fields.phone} label={words("phone")} type="tel" maxLength={40} required={false} />
          <TextField field={fields.email} label={words("email")} type="email" maxLength={200} required={false} />
        </div>
        <p className="text-xs text-faint">{words("newCustomerHint")}</p>
        <div className="grid items-start gap-4 sm:grid-cols-4">
          <SelectField
            field={fields.serviceId}
            label={words("service")}
            options={services.map(({ id, name }) => [id, name] as const)}
          />
          <SelectField field={fields.memberId} label={words("member")} options={[["", words("anyone")], ...members]} />
          {(["from", "until"] as const).map((name) => (
            <Field key={name} field={fields[name]} label={t(name === "from" ? "addFrom" : "addUntil")}>
              {(aria) => (
                <Input
                  {...aria}
                  type="date"
                  name={name}
                  min={today}
                  defaultValue={fields[name].initialValue}
                  required
                />
              )}
            </Field>
          ))}
        </div>
        <Button type="submit" variant="primary" busy={state !== "idle"} className="self-start">
          {t("addIt")}
        </Button>
      </Form>
    </section>
  );
}
