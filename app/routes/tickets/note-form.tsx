import { useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useCan, useShell, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Textarea } from "#app/ui/inputs.tsx";
import { Paperclip } from "lucide-react";

import { useMentions } from "../inbox/mention-menu.tsx";
import { attachFiles, detachFile, takeUploads, useUploads } from "../inbox/upload-store.ts";
import { UploadTray } from "../inbox/upload-tray.tsx";
import type { TicketAnswer } from "./act-on-ticket.ts";

/** Any file that is kept at all; the server looks at its bytes. */
const rules = { perMessage: 20, captions: true, types: null, mostBytes: 100 * 1024 * 1024 };

interface NoteFormProps {
  ticketId: string;
  /** Whom a note may call. */
  colleagues: readonly { userId: string; name: string }[];
}

/** A note that only members see, with files. */
export function NoteForm({ ticketId, colleagues }: NoteFormProps) {
  const t = useT("tickets");
  const work = useT("ticketWork");
  const errorText = useErrorText();
  const { Form, state, data } = useFetcher<TicketAnswer>();
  const { member } = useShell();
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  // A mirror of the field, which stays the browser's own: what is typed while the page still loads is kept.
  const [text, mirror] = useState("");
  const write = (next: string) => {
    if (field.current) field.current.value = next;
    mirror(next);
  };
  const people = colleagues
    .filter(({ userId }) => userId !== member.userId)
    .map(({ userId, name }) => ({ id: userId, name }));
  const mentions = useMentions({ field, text, write, people });
  const picker = useRef<HTMLInputElement>(null);
  const allowed = useCan("tickets.write");
  const url = useTenantPath()("files");
  const uploads = useUploads(ticketId);
  useEffect(() => {
    if (!data?.ok) return;
    form.current?.reset();
    takeUploads(ticketId);
  }, [data, ticketId]);
  if (!allowed) return null;
  const ready = uploads.every(({ attachmentId, problem }) => attachmentId !== null && !problem);
  return (
    <Form
      method="post"
      ref={form}
      onReset={() => mirror("")}
      className="relative flex-none border-t border-line px-5 py-2.5 max-sm:px-4"
    >
      {mentions.element}
      <div className="mx-auto max-w-3xl">
        <UploadTray uploads={uploads} onRemove={(upload) => detachFile(ticketId, upload, url)} />
        <div className="flex items-end gap-2">
          <input type="hidden" name="intent" value="ticket-note" />
          <input type="hidden" name="ticketId" value={ticketId} />
          <input
            type="hidden"
            name="attachmentIds"
            value={uploads.flatMap(({ attachmentId }) => attachmentId ?? []).join(",")}
          />
          <Textarea
            ref={field}
            name="text"
            onChange={(event) => mirror(event.currentTarget.value)}
            onSelect={mentions.onSelect}
            required={uploads.length === 0}
            maxLength={5_000}
            rows={2}
            aria-label={t("note")}
            aria-keyshortcuts="N"
            placeholder={`${t("note")} · ${t("notePlaceholder")}`}
            className="min-h-14 bg-note"
            onKeyDown={(event) => {
              if (mentions.onKeyDown(event)) return;
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
              else if (event.key === "Escape") event.currentTarget.blur();
            }}
            {...mentions.aria}
          />
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            data-testid="attach-note"
            onChange={(event) => {
              attachFiles({ conversationId: ticketId, url, rules }, [...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = "";
            }}
          />
          <IconButton
            label={work("attachToNote")}
            icon={<Paperclip size={15} aria-hidden />}
            onClick={() => picker.current?.click()}
          />
          <Button type="submit" busy={state !== "idle" || !ready}>
            {t("addNote")}
          </Button>
        </div>
      </div>
      {data && !data.ok ? (
        <p role="alert" className="mx-auto mt-1 max-w-3xl text-xs text-bad">
          {errorText(Object.values(data.fields).flat()[0] ?? data.reason, data.code)}
        </p>
      ) : null}
    </Form>
  );
}
