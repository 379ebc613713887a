import { useId, useState } from "react";

import { useT } from "#app/i18n/react.tsx";
import { useShell } from "#app/shell/shell-data.ts";
import { Field } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";

import type { Detail } from "./data.ts";
import { type MailValues, readCopies, signatureText } from "./mail-values.ts";

interface MailFieldsProps {
  mail: NonNullable<Detail["mail"]>;
  values: MailValues;
  onChange: (values: MailValues) => void;
}

/** What a reply by mail is called and whom it reaches: one line, opened where that is to be changed. */
export function MailFields({ mail, values, onChange }: MailFieldsProps) {
  const t = useT("inbox");
  const id = useId();
  const [open, setOpen] = useState(false);
  const { copies, wrong } = readCopies(values.cc);
  return (
    <details className="mb-1.5 text-xs" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer truncate text-dim">
        {[
          values.subject || t("mail.noSubject"),
          t("mail.to", { to: mail.to }),
          copies.length > 0 ? t("mail.copies", { cc: copies.join(", ") }) : null,
        ]
          .filter(Boolean)
          .join(" · ")}
      </summary>
      <div className="my-2 grid gap-2 sm:grid-cols-2">
        <Field field={{ id: `${id}-subject` }} label={t("mail.subject")}>
          {(aria) => (
            <Input
              {...aria}
              name="subject"
              size="sm"
              maxLength={300}
              value={values.subject}
              onChange={(event) => onChange({ ...values, subject: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field
          field={{ id: `${id}-cc`, errors: wrong.length > 0 ? ["invalid_email"] : [] }}
          label={t("mail.cc")}
          hint={t("mail.ccHint")}
        >
          {(aria) => (
            <Input
              {...aria}
              name="cc"
              size="sm"
              inputMode="email"
              autoComplete="off"
              value={values.cc}
              onChange={(event) => onChange({ ...values, cc: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
    </details>
  );
}

/** What will stand below the text; written by the server, so that nobody can forget it. */
export function MailSignature({ signature }: { signature: string | null }) {
  const t = useT("inbox");
  const { member, tenant } = useShell();
  if (!signature) return null;
  return (
    <p
      title={t("mail.signature")}
      className="mt-1 line-clamp-3 border-l-2 border-line pl-2 text-xs whitespace-pre-line text-faint"
    >
      {signatureText(signature, { "agent.name": member.name, "business.name": tenant.name })}
    </p>
  );
}
