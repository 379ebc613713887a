import { useT } from "#app/i18n/react.tsx";
import { switchSingleKeys, useSingleKeys } from "#app/shell/single-keys.ts";
import { Switch } from "#app/ui/switch.tsx";

import { Section } from "./section.tsx";

/** Whether single keys do anything in this browser. */
export function KeysForm() {
  const t = useT("shell");
  const on = useSingleKeys();
  return (
    <Section title={t("shortcuts")}>
      <div id="keys" className="scroll-mt-20">
        <Switch
          label={t("singleKeys")}
          hint={t("singleKeysHint")}
          checked={on}
          onChange={({ currentTarget }) => switchSingleKeys(currentTarget.checked)}
        />
      </div>
    </Section>
  );
}
