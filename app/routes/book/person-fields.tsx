import type { FieldMetadata } from "@conform-to/react";

import { useT } from "#app/i18n/react.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";

/** Who somebody is, and when they opened the form. */
export interface PersonValues {
  displayName: string;
  phone: string;
  email: string;
  stamp: string;
}

/** Of a form of the public page: the names of its values as its procedure takes them. */
export function personIn({ displayName = "", phone, email, stamp = "", website = "" }: Record<string, string>) {
  return { displayName, phone, email, stamp, website };
}

interface PersonFieldsProps {
  fields: { [name in keyof PersonValues]: FieldMetadata<string> };
  /** Of a form that is opened now; what was sent before keeps its own. */
  stamp: string;
}

/** Name, phone and email, as browsers fill them in; and a field that only programs see. */
export function PersonFields({ fields, stamp }: PersonFieldsProps) {
  const t = useT("booking");
  return (
    <>
      <input type="hidden" name="stamp" value={fields.stamp.initialValue || stamp} />
      <div aria-hidden className="sr-only">
        <label>
          {t("leaveEmpty")}
          <input name="website" tabIndex={-1} autoComplete="off" />
        </label>
      </div>
      <Field field={fields.displayName} label={t("name")}>
        {(aria) => (
          <Input
            {...aria}
            name="displayName"
            autoComplete="name"
            required
            maxLength={160}
            defaultValue={fields.displayName.initialValue}
          />
        )}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field field={fields.phone} label={t("phone")} hint={t("contactHint")}>
          {(aria) => (
            <Input
              {...aria}
              type="tel"
              name="phone"
              autoComplete="tel"
              maxLength={40}
              defaultValue={fields.phone.initialValue}
            />
          )}
        </Field>
        <Field field={fields.email} label={t("email")}>
          {(aria) => (
            <Input
              {...aria}
              type="email"
              name="email"
              autoComplete="email"
              maxLength={200}
              defaultValue={fields.email.initialValue}
            />
          )}
        </Field>
      </div>
    </>
  );
}
