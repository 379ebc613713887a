import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { focusFirst } from "./focus-first.ts";

interface MergeFormProps {
  ticket: { id: string; number: number };
  lastResult: SubmissionResult | undefined;
}

/** Which ticket goes on in place of this one. */
export function MergeForm({ ticket, lastResult }: MergeFormProps) {
  const t = useT("ticketWork");
  const { state } = useNavigation();
  const [form, fields] = useForm<{ into: string }>({ id: "merge", lastResult });
  return (
    <PostForm
      form={form}
      aria-label={t("mergeTitle")}
      className="flex flex-col gap-3 border-b border-line bg-sunken px-5 py-3 max-sm:px-4"
    >
      <input type="hidden" name="intent" value="merge" />
      <input type="hidden" name="ticketId" value={ticket.id} />
      <p className="max-w-[70ch] text-dim">{t("mergeHint", { number: String(ticket.number) })}</p>
      <TextField field={fields.into} label={t("mergeInto")} inputMode="numeric" ref={focusFirst} className="max-w-60" />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={state !== "idle"}>
          {t("mergeIt")}
        </Button>
        <LinkButton to="?" replace variant="quiet">
          {t("cancel")}
        </LinkButton>
      </div>
    </PostForm>
  );
}
