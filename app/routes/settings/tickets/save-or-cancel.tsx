import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

/** The end of a form that makes an entry of a list or changes one; cancelled, the list is alone again. */
export function SaveOrCancel({ isNew }: { isNew: boolean }) {
  const t = useT("ticketWork");
  const { state } = useNavigation();
  return (
    <div className="flex gap-2">
      <Button
        type="submit"
        name="intent"
        value={isNew ? "create" : "update"}
        variant="primary"
        busy={state === "submitting"}
      >
        {t(isNew ? "add" : "save")}
      </Button>
      <LinkButton to="?" variant="quiet">
        {t("cancel")}
      </LinkButton>
    </div>
  );
}
