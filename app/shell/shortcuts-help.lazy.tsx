import { useT } from "#app/i18n/react.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Kbd } from "#app/ui/kbd.tsx";

import { CommandKey } from "./keys.tsx";

const keys = [
  ["/", "key.filter"],
  ["J", "key.next"],
  ["K", "key.previous"],
  ["↵", "key.open"],
  ["R", "key.reply"],
  ["N", "key.note"],
  ["E", "key.resolve"],
  ["A", "key.assign"],
  ["S", "key.status"],
  ["L", "key.label"],
  ["X", "key.select"],
  ["B", "key.board"],
  ["M", "key.macro"],
  ["W", "key.watch"],
  ["?", "key.help"],
] as const;

export default function ShortcutsHelp({ onClose }: { onClose: () => void }) {
  const t = useT("shell");
  return (
    <Dialog open onOpenChange={onClose} title={t("shortcuts")} description={t("shortcutsNote")}>
      <dl className="grid gap-x-8 sm:grid-cols-2">
        <div className="flex items-center justify-between py-1.5">
          <dt>{t("key.palette")}</dt>
          <dd>
            <CommandKey letter="K" />
          </dd>
        </div>
        {keys.map(([key, words]) => (
          <div key={key} className="flex items-center justify-between py-1.5">
            <dt>{t(words)}</dt>
            <dd>
              <span className="sr-only">{key}</span>
              <Kbd>{key}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
