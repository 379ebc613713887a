import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import { focusFirst } from "../tickets/focus-first.ts";

/** Why it does not take place; its time is free again at once. */
export function CancelForm() {
  const t = useT("appointments");
  const { state } = useNavigation();
  return (
    <Form
      method="post"
      aria-label={t("cancelTitle")}
      className="flex flex-col gap-3 rounded-xl bg-sunken px-5 py-4 max-sm:px-4"
    >
      <input type="hidden" name="intent" value="cancel" />
      <label className="flex flex-col gap-1 font-medium">
        {t("cancelReason")}
        <Input
          name="reason"
          maxLength={500}
          placeholder={t("cancelReasonExample")}
          className="font-normal"
          ref={focusFirst}
        />
        <span className="text-xs font-normal text-faint">{t("cancelHint")}</span>
      </label>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="danger" busy={state !== "idle"}>
          {t("cancelTitle")}
        </Button>
        <LinkButton to="?" replace variant="quiet">
          {t("keep")}
        </LinkButton>
      </div>
    </Form>
  );
}
