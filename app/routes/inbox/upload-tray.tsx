import { FileText, FileWarning, X } from "lucide-react";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";
import { IconButton } from "#app/ui/icon-button.tsx";

import type { Upload } from "./upload-store.ts";

/** The files that will go along, each with how far it has come or why it cannot go. */
export function UploadTray({ uploads, onRemove }: { uploads: readonly Upload[]; onRemove: (upload: Upload) => void }) {
  const t = useT("inbox");
  if (uploads.length === 0) return null;
  return (
    <ul aria-label={t("attached")} className="mb-2 flex max-h-40 flex-wrap gap-2 overflow-y-auto">
      {uploads.map((upload) => (
        <Item key={upload.key} upload={upload} onRemove={() => onRemove(upload)} />
      ))}
    </ul>
  );
}

function Item({ upload, onRemove }: { upload: Upload; onRemove: () => void }) {
  const t = useT("inbox");
  const format = useFormat();
  const errorText = useErrorText();
  const { name, preview, problem, progress, attachmentId } = upload;
  const Icon = problem ? FileWarning : FileText;
  return (
    <li
      className={cx(
        "flex w-60 max-w-full items-center max-sm:w-full gap-2 rounded-lg border bg-surface p-1.5",
        problem ? "border-bad" : "border-line",
      )}
    >
      {preview && !problem ? (
        <img src={preview} alt="" className="size-10 flex-none rounded-md object-cover" />
      ) : (
        <span
          className={cx(
            "grid size-10 flex-none place-items-center rounded-md bg-active",
            problem ? "text-bad" : "text-accent",
          )}
        >
          <Icon size={18} aria-hidden />
        </span>
      )}
      <span className="min-w-0 flex-1 text-xs">
        <span className="block truncate font-medium">{name}</span>
        {problem ? (
          <span role="alert" className="block text-2xs text-bad">
            {errorText(problem.reason, problem.code)}
          </span>
        ) : attachmentId ? (
          <span className="block text-2xs text-faint">{format.bytes(upload.bytes)}</span>
        ) : (
          <progress aria-label={t("attach.progress", { name })} value={progress} className="upload-progress" />
        )}
      </span>
      <IconButton
        size="sm"
        label={t("attach.remove", { name })}
        icon={<X size={12} aria-hidden />}
        onClick={onRemove}
      />
    </li>
  );
}
