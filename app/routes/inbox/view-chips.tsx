import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { ChipLink } from "#app/ui/chip.tsx";

import type { Counts, View } from "./data.ts";
import { views } from "./data.ts";
import type { InboxAddress } from "./inbox-address.ts";

const cap = 1000;

/** The views of the inbox, each an address of its own; those that are worked on show how many they hold. */
export function ViewChips({ counts, address }: { counts: Counts; address: InboxAddress }) {
  const t = useT("inbox");
  const format = useFormat();
  const to = useTenantPath();
  const shown = (name: View) => {
    if (name !== "mine" && name !== "unassigned" && name !== "open") return null;
    return ` ${format.number(Math.min(counts[name], cap))}${counts[name] > cap ? "+" : ""}`;
  };
  return (
    <nav
      aria-label={t("views")}
      className="flex max-w-max min-w-40 flex-1 basis-0 gap-2 overflow-x-auto [scrollbar-width:none] max-sm:order-last max-sm:max-w-full max-sm:basis-full"
    >
      {views.map((name) => (
        <ChipLink
          key={name}
          to={`${to("inbox")}?view=${name}`}
          on={address.query === "" && !address.saved && name === address.view}
        >
          {t(`view.${name}`)}
          {shown(name)}
        </ChipLink>
      ))}
    </nav>
  );
}
