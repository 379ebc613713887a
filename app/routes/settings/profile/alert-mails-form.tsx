import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useShell } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";

import { Section } from "./section.tsx";

/** Whether alerts come by mail too; and what to do where none are sent. */
export function AlertMailsForm({ wanted, mails }: { wanted: boolean; mails: "smtp" | "folder" | "none" }) {
  const t = useT("alerts");
  const { member } = useShell();
  return (
    <Section title={t("mailSection")}>
      <Form method="post" preventScrollReset className="flex flex-col gap-4">
        <Checkbox
          name="alertMails"
          value="yes"
          defaultChecked={wanted}
          label={t("mailWanted")}
          hint={t("mailHint", { email: member.email })}
        />
        {mails === "none" ? <p className="text-xs text-warn">{t("mailsNone")}</p> : null}
        {mails === "folder" ? <p className="text-xs text-dim">{t("mailsFolder")}</p> : null}
        <div>
          <Button type="submit" name="intent" value="alert-mails">
            {t("mailSave")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
