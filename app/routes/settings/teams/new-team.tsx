import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

import { TeamFields } from "./team-fields.tsx";

/** Above the list: what a new team is called. */
export function NewTeam({ lastResult }: { lastResult: SubmissionResult | undefined }) {
  const t = useT("teams");
  const ui = useT("ui");
  const { state } = useNavigation();
  const [form, fields] = useForm<{ name: string; description: string }>({ id: "new-team", lastResult });
  return (
    <section aria-labelledby="new-team-title" className="rounded-xl bg-sunken px-5 py-4">
      <h2 id="new-team-title" className="font-semibold">
        {t("new")}
      </h2>
      <p className="mt-0.5 text-xs text-dim">{t("newHint")}</p>
      <PostForm form={form} className="mt-3 flex flex-col gap-3">
        <TeamFields name={fields.name} description={fields.description} />
        <div className="flex gap-2">
          <Button type="submit" name="intent" value="create" variant="primary" busy={state === "submitting"}>
            {t("create")}
          </Button>
          <LinkButton to="?" variant="quiet">
            {ui("cancel")}
          </LinkButton>
        </div>
      </PostForm>
    </section>
  );
}
