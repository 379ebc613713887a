import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";

/** Who may answer a customer. */
export function SendersForm({ onlyAssignee, saved }: { onlyAssignee: boolean; saved: boolean }) {
  const t = useT("teams");
  const manages = useCan("teams.write");
  const { state, formData } = useNavigation();
  return (
    <section aria-labelledby="senders">
      <h2 id="senders" className="mb-2 font-semibold">
        {t("together")}
      </h2>
      <Form method="post" preventScrollReset className="flex flex-col gap-3">
        <Checkbox
          // Changed by a colleague, it shows what they chose.
          key={String(onlyAssignee)}
          name="onlyAssignee"
          value="yes"
          defaultChecked={onlyAssignee}
          disabled={!manages}
          label={t("onlyAssignee")}
          hint={t("onlyAssigneeHint")}
        />
        {manages ? (
          <div className="flex items-center gap-3">
            <Button
              type="submit"
              name="intent"
              value="senders"
              busy={state === "submitting" && formData?.get("intent") === "senders"}
            >
              {t("save")}
            </Button>
            <span role="status" className="text-dim">
              {saved ? t("saved") : ""}
            </span>
          </div>
        ) : null}
      </Form>
    </section>
  );
}
