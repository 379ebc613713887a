import { useState } from "react";
import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Kbd } from "#app/ui/kbd.tsx";

import { CommandKey } from "./keys.tsx";
import { keysOfPage } from "./page-keys.ts";
import { useTenantPath } from "./shell-data.ts";
import { useSingleKeys } from "./single-keys.ts";

const nothing = () => undefined;

/** The keys of the page that was there when it opened. */
export default function ShortcutsHelp({ onClose }: { onClose: () => void }) {
  const t = useT("shell");
  const to = useTenantPath();
  const on = useSingleKeys();
  const [keys] = useState(() => keysOfPage({ palette: nothing, help: nothing }));
  return (
    <Dialog open onOpenChange={onClose} title={t("shortcuts")} description={t("shortcutsNote")}>
      <dl className="grid gap-x-8 sm:grid-cols-2">
        <div className="flex items-center justify-between gap-3 py-1.5">
          <dt>{t("key.palette")}</dt>
          <dd>
            <CommandKey letter="K" />
          </dd>
        </div>
        {on
          ? keys.map(({ key, words, name }) => (
              <div key={key} className="flex items-center justify-between gap-3 py-1.5">
                <dt className="min-w-0 truncate">{words ? t(words) : name}</dt>
                <dd>
                  <span className="sr-only">{key.toUpperCase()}</span>
                  <Kbd>{key.toUpperCase()}</Kbd>
                </dd>
              </div>
            ))
          : null}
      </dl>
      <p className="mt-3 text-xs text-dim">
        {on ? t("singleKeysAreOn") : t("singleKeysAreOff")}{" "}
        <Link to={`${to("settings/profile")}#keys`} className="link" onClick={onClose}>
          {t("singleKeysChange")}
        </Link>
      </p>
    </Dialog>
  );
}
