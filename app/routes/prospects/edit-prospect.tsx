import { useForm } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Textarea } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

import { localOf } from "../tickets/due-time.ts";
import type { UsedWords } from "./data.ts";
import type { ProspectData } from "./prospect.tsx";
import { Plain, ProspectForm, type ProspectFields } from "./prospect-form.tsx";

type Fields = ProspectFields & { givenScore: string; qualificationNotes: string };

interface EditProspectProps {
  data: ProspectData;
  used: UsedWords;
  answer: unknown;
}

/** Everything that may be corrected of a prospect, in one form. */
export function EditProspect({ data: { detail, members, timeZone }, used, answer }: EditProspectProps) {
  const t = useT("prospects");
  const ui = useT("ui");
  const { state, formData } = useNavigation();
  const units = (cents: number | null) => (cents === null ? "" : String(cents / 100));
  const [form, fields] = useForm<Fields>({
    id: "edit-prospect",
    lastResult: refusedIn(answer),
    defaultValue: {
      interest: detail.interest,
      propertyType: detail.propertyType,
      place: detail.place,
      budgetMinCents: units(detail.budgetMinCents),
      budgetMaxCents: units(detail.budgetMaxCents),
      nextFollowUpAt: detail.nextFollowUpAt ? localOf(detail.nextFollowUpAt, timeZone) : "",
      ownerId: detail.ownerId ?? "",
      notes: detail.notes,
      givenScore: detail.givenScore === null ? "" : String(detail.givenScore),
      qualificationNotes: detail.qualificationNotes,
    },
  });
  return (
    <PostForm form={form} aria-label={t("edit")} className="flex max-w-180 flex-col gap-4">
      <input type="hidden" name="intent" value="update" />
      <ProspectForm fields={fields} members={members} used={used}>
        <Plain field={fields.givenScore} label={t("givenScore")} hint={t("givenScoreHint")} inputMode="numeric" />
      </ProspectForm>
      <Field
        field={fields.qualificationNotes}
        label={t("qualificationNotes")}
        hint={t("qualificationNotesHint")}
        optional
      >
        {(aria) => (
          <Textarea
            {...aria}
            name={fields.qualificationNotes.name}
            defaultValue={fields.qualificationNotes.initialValue}
            rows={3}
            maxLength={4_000}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={state !== "idle" && formData?.get("intent") === "update"}>
          {t("save")}
        </Button>
        <LinkButton to="?" replace variant="quiet">
          {ui("cancel")}
        </LinkButton>
      </div>
    </PostForm>
  );
}
