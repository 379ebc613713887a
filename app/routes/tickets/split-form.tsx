import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { focusFirst } from "./focus-first.ts";

/** Words that are to become a ticket of their own. */
export interface SplitWords {
  kind: "message" | "note";
  id: string;
  text: string;
}

/** What the address asks to split off (`message:<id>`, `note:<id>`), where the page shows it. */
export function splitWordsOf(asked: string | null, shown: readonly SplitWords[]): SplitWords | null {
  return shown.find(({ kind, id }) => asked === `${kind}:${id}`) ?? null;
}

interface SplitFormProps {
  ticketId: string;
  words: SplitWords;
  lastResult: SubmissionResult | undefined;
}

/** A message or note becomes a ticket: its subject is proposed. */
export function SplitForm({ ticketId, words, lastResult }: SplitFormProps) {
  const t = useT("ticketWork");
  const tickets = useT("tickets");
  const { state } = useNavigation();
  const [form, fields] = useForm<{ subject: string }>({
    id: "split",
    lastResult,
    defaultValue: { subject: words.text.split("\n", 1)[0]?.slice(0, 90) ?? "" },
  });
  return (
    <PostForm
      form={form}
      aria-label={t("splitTitle")}
      className="flex flex-col gap-3 border-b border-line bg-sunken px-5 py-3 max-sm:px-4"
    >
      <input type="hidden" name="intent" value="split" />
      <input type="hidden" name="ticketId" value={ticketId} />
      <input type="hidden" name="kind" value={words.kind} />
      <input type="hidden" name="from" value={words.id} />
      <p className="line-clamp-3 max-w-[70ch] border-l-2 border-control pl-3 whitespace-pre-wrap">{words.text}</p>
      <TextField
        field={fields.subject}
        label={tickets("subject")}
        hint={t("splitHint")}
        maxLength={200}
        ref={focusFirst}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={state !== "idle"}>
          {t("splitIt")}
        </Button>
        <LinkButton to="?tab=history" replace variant="quiet">
          {t("cancel")}
        </LinkButton>
      </div>
    </PostForm>
  );
}
