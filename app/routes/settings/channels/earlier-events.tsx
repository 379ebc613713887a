import { History } from "lucide-react";
import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";

/** Looks for what customers wrote before the number was connected. */
export function EarlierEvents() {
  const t = useT("channels");
  const fetcher = useFetcher<{ claimed?: number }>();
  const claimed = fetcher.data?.claimed;
  return (
    <fetcher.Form method="post" className="mt-5">
      <Button
        type="submit"
        size="sm"
        name="intent"
        value="claim"
        busy={fetcher.state !== "idle"}
        icon={<History size={14} aria-hidden />}
      >
        {t("earlier.look")}
      </Button>
      <p className="mt-1.5 text-xs text-faint">{t("earlier.hint")}</p>
      <p role="status">
        {claimed === undefined ? "" : claimed === 0 ? t("earlier.none") : t("earlier.found", { count: claimed })}
      </p>
    </fetcher.Form>
  );
}
