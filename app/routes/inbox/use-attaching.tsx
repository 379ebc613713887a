import { Paperclip } from "lucide-react";
import { useRef, type ClipboardEvent, type ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { IconButton } from "#app/ui/icon-button.tsx";

import type { Detail } from "./data.ts";
import { messagesFor } from "./file-data.ts";
import { attachFiles, detachFile, takeUploads, useUploads, type Upload } from "./upload-store.ts";
import { UploadTray } from "./upload-tray.tsx";
import { useFileDrop } from "./use-file-drop.ts";

/** What the composer needs to let files go along: by button, by dropping, by pasting. Nothing where the channel takes none. */
export function useAttaching(conversation: Detail, note: boolean) {
  const t = useT("inbox");
  const { id, reply } = conversation;
  const rules = note || reply.refusal !== null ? null : reply.files;
  const url = useTenantPath()("files");
  const input = useRef<HTMLInputElement>(null);
  const all = useUploads(id);
  const uploads = rules ? all : [];
  const attach = (files: readonly File[]) => {
    if (rules && files.length > 0) attachFiles({ conversationId: id, url, rules }, files);
  };
  const hovering = useFileDrop(rules !== null, attach);

  const button: ReactNode = rules ? (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="attach"
        {...(rules.types ? { accept: rules.types.join(",") } : {})}
        onChange={(event) => {
          attach([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <IconButton
        size="sm"
        label={t("attach")}
        icon={<Paperclip size={14} aria-hidden />}
        onClick={() => input.current?.click()}
      />
    </>
  ) : null;
  const tray: ReactNode = (
    <>
      <UploadTray uploads={uploads} onRemove={(upload) => detachFile(id, upload, url)} />
      {hovering ? (
        <p className="pointer-events-none absolute inset-2 z-10 grid place-items-center rounded-lg border-2 border-dashed border-accent bg-raised font-medium text-accent">
          {t("attach.drop")}
        </p>
      ) : null}
    </>
  );
  return {
    button,
    tray,
    /** Those that the server has: they are kept with the draft. */
    attachmentIds: all.flatMap(({ attachmentId, problem }) => (attachmentId && !problem ? [attachmentId] : [])),
    count: uploads.length,
    /** Whether the server has them all; a file that cannot go holds back the others. */
    state: uploads.some(({ problem }) => problem)
      ? ("refused" as const)
      : uploads.some(({ attachmentId }) => attachmentId === null)
        ? ("arriving" as const)
        : ("there" as const),
    onPaste: (event: ClipboardEvent) => {
      const files = [...event.clipboardData.files];
      if (!rules || files.length === 0) return;
      event.preventDefault();
      attach(files);
    },
    /** The messages that carry this text and the files, which leave the tray. */
    take: (text: string): { text: string; files: Upload[] }[] =>
      rules && uploads.length > 0 ? messagesFor(text, takeUploads(id), rules) : [{ text, files: [] }],
    /** In words, what becomes of several files. */
    hint: rules && uploads.length > 0 ? hintOf() : null,
  };

  function hintOf(): string | null {
    if (!rules) return null;
    if (!rules.captions) return t("attach.apart");
    return uploads.length > rules.perMessage ? t("attach.each") : null;
  }
}
