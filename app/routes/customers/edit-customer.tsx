import { useForm, type FieldMetadata, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import type { CustomerDetail } from "./customer.tsx";
import { channels, segments } from "./customer-words.ts";

const names = [
  "displayName",
  "firstName",
  "lastName",
  "segment",
  "preferredChannel",
  "language",
  "address",
  "postalCode",
  "city",
  "country",
] as const;
type Fields = Record<(typeof names)[number], string>;

export function EditCustomer({
  customer,
  lastResult,
}: {
  customer: CustomerDetail["customer"];
  lastResult: SubmissionResult | undefined;
}) {
  const t = useT("customers");
  const ui = useT("ui");
  const { state, formData } = useNavigation();
  const [form, fields] = useForm<Fields>({
    id: "customer",
    lastResult,
    defaultValue: Object.fromEntries(names.map((name) => [name, customer[name] ?? ""])) as Fields,
  });
  const busy = state !== "idle" && formData?.get("intent") === "update";
  const optional = (field: FieldMetadata<string>, label: string) => (
    <Field field={field} label={label} optional>
      {(aria) => <Input {...aria} name={field.name} defaultValue={field.initialValue} />}
    </Field>
  );
  return (
    <PostForm form={form} aria-label={t("edit")} className="flex flex-col gap-4 rounded-xl bg-sunken p-4">
      <input type="hidden" name="intent" value="update" />
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <TextField field={fields.displayName} label={t("displayName")} maxLength={160} />
        {optional(fields.firstName, t("firstName"))}
        {optional(fields.lastName, t("lastName"))}
        <SelectField
          field={fields.segment}
          label={t("segment")}
          options={segments.map((segment) => [segment, t(`segment.${segment}`)])}
        />
        <SelectField
          field={fields.preferredChannel}
          label={t("preferredChannel")}
          options={[["", t("noPreference")], ...channels.map((channel) => [channel, t(`channel.${channel}`)] as const)]}
        />
        <SelectField
          field={fields.language}
          label={t("language")}
          options={(["fr", "en"] as const).map((code) => [code, t(`language.${code}`)])}
        />
        {optional(fields.address, t("address"))}
        {optional(fields.postalCode, t("postalCode"))}
        {optional(fields.city, t("city"))}
        <TextField field={fields.country} label={t("country")} maxLength={2} className="max-w-28" />
      </div>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          {ui("save")}
        </Button>
        <LinkButton to="?" replace variant="quiet">
          {ui("cancel")}
        </LinkButton>
      </div>
    </PostForm>
  );
}
