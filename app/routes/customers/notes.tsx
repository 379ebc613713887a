import { useEffect, useRef } from "react";

import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Textarea } from "#app/ui/inputs.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import type { CustomerDetail } from "./customer.tsx";
import { Refused, useCustomerForm } from "./use-customer-form.tsx";

type Note = CustomerDetail["notes"][number];

/** What the team should know; customers never see it. */
export function Notes({ notes }: { notes: Note[] }) {
  const t = useT("customers");
  const mayEdit = useCan("customers.write");
  return (
    <>
      {mayEdit ? <AddNote /> : null}
      {notes.length === 0 ? <p className="text-faint">{t("noNotes")}</p> : null}
      <ul className="flex flex-col gap-2">
        {notes.map((note) => (
          <NoteLine key={note.id} note={note} mayEdit={mayEdit} />
        ))}
      </ul>
    </>
  );
}

function AddNote() {
  const t = useT("customers");
  const { Form, state, data } = useCustomerForm();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (data?.ok) form.current?.reset();
  }, [data]);
  return (
    <Form method="post" ref={form} className="flex flex-col items-end gap-1.5">
      <input type="hidden" name="intent" value="add-note" />
      <Textarea
        name="content"
        required
        maxLength={5_000}
        rows={2}
        placeholder={t("notePlaceholder")}
        aria-label={t("notePlaceholder")}
        aria-keyshortcuts="N"
        className="min-h-14 bg-note"
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
        }}
      />
      <Button type="submit" size="sm" busy={state !== "idle"}>
        {t("addNote")}
      </Button>
      <Refused answer={data} />
    </Form>
  );
}

/** Editing and deleting are folded away, so that they work without JavaScript and are never pressed by accident. */
function NoteLine({ note, mayEdit }: { note: Note; mayEdit: boolean }) {
  const t = useT("customers");
  const { Form, state, data } = useCustomerForm();
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (data?.ok && details.current) details.current.open = false;
  }, [data]);
  return (
    <li className="rounded-lg bg-note px-3 py-2">
      <p className="whitespace-pre-wrap">{note.content}</p>
      <details ref={details} className="mt-1">
        <summary className="flex list-none items-baseline gap-1 text-xs text-dim [&::-webkit-details-marker]:hidden">
          <span>
            {note.author ?? t("formerMember")} · <RelativeTime at={note.createdAt} />
          </span>
          {mayEdit ? <span className="ml-auto link">{t("editNote")}</span> : null}
        </summary>
        {mayEdit ? (
          <Form method="post" className="mt-2 flex flex-col gap-1.5">
            <input type="hidden" name="noteId" value={note.id} />
            <Textarea
              name="content"
              defaultValue={note.content}
              key={note.content}
              rows={2}
              maxLength={5_000}
              aria-label={t("editNote")}
              className="min-h-14"
            />
            <div className="flex gap-1.5">
              <Button type="submit" name="intent" value="edit-note" size="sm" busy={state !== "idle"}>
                {t("save")}
              </Button>
              <Button
                type="submit"
                name="intent"
                value="delete-note"
                size="sm"
                variant="quiet"
                className="ml-auto text-bad"
              >
                {t("deleteNote")}
              </Button>
            </div>
            <Refused answer={data} />
          </Form>
        ) : null}
      </details>
    </li>
  );
}
