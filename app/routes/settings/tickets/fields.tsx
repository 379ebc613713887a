import { ListChecks } from "lucide-react";
import { redirect } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { useCan } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";

import type { Route } from "./+types/fields";
import { EditLink } from "./edit-link.tsx";
import { FieldForm, fieldTypes } from "./field-form.tsx";
import { OrderedList } from "./ordered-list.tsx";
import { TicketSettings } from "./settings-page.tsx";

/** `?new` opens the form, `?edit=<id>` that of one field. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { fields } = await context.get(apiContext).ticketForms.read();
  const { searchParams } = new URL(request.url);
  const edited = fields.find(({ id }) => id === searchParams.get("edit")) ?? null;
  return { fields, edited, isNew: searchParams.has("new") };
}

/** Every change of the list; `intent` names it. */
export async function action({ params, request, context }: Route.ActionArgs) {
  const list = `/t/${params.tenant}/settings/tickets/fields`;
  const { fields } = context.get(apiContext).ticketForms;
  const form = await request.formData();
  return answerForm(form, async ({ intent, id: fieldId = "", name = "", type, choices = "", required }) => {
    const lines = choices
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    const kept = { name, choices: lines, required: required !== undefined };
    switch (intent) {
      case "create":
        await fields.create({ ...kept, type: fieldTypes.find((known) => known === type) ?? "text" });
        return redirect(list);
      case "update":
        await fields.update({ ...kept, fieldId });
        return redirect(list);
      case "up":
      case "down":
        await fields.move({ fieldId, up: intent === "up" });
        return null;
      case "archive":
      case "restore":
        await fields.archive({ fieldId, archived: intent === "archive" });
        return null;
      default:
        throw new Response(null, { status: 400 });
    }
  });
}

export default function Fields({ loaderData: { fields, edited, isNew }, actionData }: Route.ComponentProps) {
  const t = useT("ticketWork");
  const allowed = useCan("tickets.configure");
  const refused = refusedIn(actionData);
  return (
    <TicketSettings part="fields" intro={t("fieldsIntro")} add={t("newField")}>
      {allowed && (edited ?? isNew) ? (
        <FieldForm key={edited?.id ?? "new"} field={edited} lastResult={refused} />
      ) : null}
      <OrderedList
        label={t("tab.fields")}
        entries={fields}
        empty={
          isNew ? null : (
            <EmptyState icon={<ListChecks size={18} aria-hidden />} title={t("noFields")}>
              {t("noFieldsBody")}
            </EmptyState>
          )
        }
      >
        {({ id, name, type, choices, required }) => (
          <>
            <EditLink id={id} name={name} />
            <span className="text-xs text-faint">
              {[t(`type.${type}`), ...(type === "choice" ? [choices.join(", ")] : [])].join(" · ")}
            </span>
            {required ? <Badge tone="info">{t("requiredToResolve")}</Badge> : null}
          </>
        )}
      </OrderedList>
    </TicketSettings>
  );
}
