import { useFormat, useT } from "#app/i18n/react.tsx";
import { CopyButton } from "#app/ui/copy-button.tsx";

/** A link that opens something, shown this once: readable, selectable, copied with one press. */
export function LinkOnce({ title, url, expiresAt }: { title: string; url: string; expiresAt: Date }) {
  const t = useT("members");
  const format = useFormat();
  return (
    <div role="status" className="flex flex-col gap-2">
      <p className="font-medium">{title}</p>
      <div className="flex items-center gap-2">
        <input
          readOnly
          value={url}
          aria-label={title}
          className="input min-w-0 flex-1 font-mono text-xs"
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={url} name={t("theLink")} />
      </div>
      <p className="text-xs text-dim">{t("linkOnce", { date: format.dateTime(expiresAt) })}</p>
    </div>
  );
}
