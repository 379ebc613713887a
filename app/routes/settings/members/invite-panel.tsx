import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { roles } from "#app/shell/roles.ts";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import type { ShownLink } from "./act-on-members.ts";
import { LinkOnce } from "./link-once.tsx";

interface InvitePanelProps {
  link: ShownLink | null;
  lastResult: SubmissionResult | undefined;
  makesOwners: boolean;
}

/** Above the list: whom to invite, then the link to pass on. */
export function InvitePanel({ link, lastResult, makesOwners }: InvitePanelProps) {
  const t = useT("members");
  return (
    <section aria-labelledby="invite" className="mx-5 mb-4 rounded-xl bg-sunken px-5 py-4 max-sm:mx-4">
      {link ? (
        <div className="flex max-w-150 flex-col gap-3">
          <h2 id="invite" className="sr-only">
            {t("inviteTitle")}
          </h2>
          <LinkOnce title={t("linkReady", { email: link.who })} url={link.url} expiresAt={link.expiresAt} />
          {link.mailed === "sent" ? <p className="text-dim">{t("mailedTo", { email: link.who })}</p> : null}
          {link.mailed === "unsent" ? <p className="text-warn">{t("notMailedTo", { email: link.who })}</p> : null}
          <div className="flex gap-2">
            <LinkButton to="?" variant="primary" size="sm">
              {t("done")}
            </LinkButton>
          </div>
        </div>
      ) : (
        <>
          <h2 id="invite" className="font-semibold">
            {t("inviteTitle")}
          </h2>
          <p className="mt-0.5 text-xs text-dim">{t("inviteHint")}</p>
          <InviteForm lastResult={lastResult} makesOwners={makesOwners} />
        </>
      )}
    </section>
  );
}

function InviteForm({ lastResult, makesOwners }: Omit<InvitePanelProps, "link">) {
  const t = useT("members");
  const ui = useT("ui");
  const shell = useT("shell");
  const { state } = useNavigation();
  const [form, fields] = useForm<{ email: string; role: string }>({
    id: "invite-form",
    lastResult,
    defaultValue: { role: "agent" },
  });
  return (
    <PostForm form={form} preventScrollReset className="mt-3 flex max-w-150 flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_12rem]">
        <TextField field={fields.email} label={t("email")} type="email" autoComplete="off" />
        <SelectField
          field={fields.role}
          label={t("role")}
          options={roles
            .filter((role) => role !== "owner" || makesOwners)
            .toReversed()
            .map((role) => [role, shell(`role.${role}`)])}
        />
      </div>
      <div className="flex gap-2">
        <Button type="submit" name="intent" value="invite" variant="primary" busy={state === "submitting"}>
          {t("makeLink")}
        </Button>
        <LinkButton to="?" variant="quiet">
          {ui("cancel")}
        </LinkButton>
      </div>
    </PostForm>
  );
}
