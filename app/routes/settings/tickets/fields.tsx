import { ListChecks } from "lucide-react";
import { Link, redirect } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { useCan } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";

import type { Route } from "./+types/fields";
import { FieldForm, fieldTypes } from "./field-form.tsx";
import { OrderedRow } from "./ordered-row.tsx";
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
  const kept = fields.filter(({ archivedAt }) => !archivedAt);
  const archived = fields.filter(({ archivedAt }) => archivedAt);
  const row = (field: (typeof fields)[number], index: number, of: number) => (
    <OrderedRow
      key={field.id}
      id={field.id}
      name={field.name}
      archived={field.archivedAt !== null}
      first={index === 0}
      last={index === of - 1}
    >
      {allowed ? (
        <Link to={`?edit=${field.id}`} className="link" aria-label={t("editNamed", { name: field.name })}>
          {field.name}
        </Link>
      ) : (
        field.name
      )}
      <span className="text-xs text-faint">
        {[t(`type.${field.type}`), ...(field.type === "choice" ? [field.choices.join(", ")] : [])].join(" · ")}
      </span>
      {field.required ? <Badge tone="info">{t("requiredToResolve")}</Badge> : null}
    </OrderedRow>
  );
  return (
    <TicketSettings part="fields" intro={t("fieldsIntro")} add={t("newField")}>
      {allowed && (edited ?? isNew) ? (
        <FieldForm key={edited?.id ?? "new"} field={edited} lastResult={refused} />
      ) : null}
      {kept.length === 0 && !isNew ? (
        <EmptyState icon={<ListChecks size={18} aria-hidden />} title={t("noFields")}>
          {t("noFieldsBody")}
        </EmptyState>
      ) : (
        <ul aria-label={t("tab.fields")} className="border-t border-line">
          {kept.map((field, index) => row(field, index, kept.length))}
        </ul>
      )}
      {archived.length > 0 ? (
        <section aria-label={t("archivedOnes")} className="flex flex-col gap-2">
          <h2 className="font-semibold">{t("archivedOnes")}</h2>
          <ul className="border-t border-line">{archived.map((field) => row(field, 0, 1))}</ul>
        </section>
      ) : null}
    </TicketSettings>
  );
}
