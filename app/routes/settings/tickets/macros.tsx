import { Zap } from "lucide-react";
import { redirect } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { ownValuesIn } from "#app/routes/tickets/field-control.tsx";
import { priorities, statuses } from "#app/routes/tickets/ticket-words.ts";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { useCan } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";

import type { Route } from "./+types/macros";
import { MacroForm } from "./macro-form.tsx";
import { NamedRow } from "./named-row.tsx";
import { TicketSettings } from "./settings-page.tsx";

/** `?new` opens the form, `?edit=<id>` that of one macro. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const [macros, form, assignees] = await Promise.all([
    api.macros.list(),
    api.ticketForms.read(),
    api.tickets.assignees(),
  ]);
  const { searchParams } = new URL(request.url);
  return {
    macros,
    assignees,
    categories: form.categories.filter(({ archivedAt }) => !archivedAt),
    fields: form.fields.filter(({ archivedAt }) => !archivedAt),
    edited: macros.find(({ id }) => id === searchParams.get("edit")) ?? null,
    isNew: searchParams.has("new"),
  };
}

/** Every change of the list; `intent` names it. */
export async function action({ params, request, context }: Route.ActionArgs) {
  const list = `/t/${params.tenant}/settings/tickets/macros`;
  const { macros } = context.get(apiContext);
  const form = await request.formData();
  return answerForm(form, async ({ intent, id: macroId = "", name = "", ...rest }) => {
    if (intent === "remove") {
      await macros.delete({ macroId });
      return redirect(list);
    }
    const input = { name, actions: actionsIn(rest) };
    if (intent === "update") await macros.update({ ...input, macroId });
    else await macros.create(input);
    return redirect(list);
  });
}

/** What is left as it is, is no part of the macro. */
function actionsIn({ status, priority, categoryId, assignee, note, reply, ...rest }: Record<string, string>) {
  const own = Object.entries(ownValuesIn(rest)).filter(([, value]) => value !== "");
  return {
    status: statuses.find((known) => known === status),
    priority: priorities.find((known) => known === priority),
    ...(categoryId ? { categoryId: categoryId === "none" ? null : categoryId } : {}),
    ...(assignee ? { assignee } : {}),
    ...(own.length > 0 ? { fields: Object.fromEntries(own) } : {}),
    ...(note ? { note } : {}),
    ...(reply ? { reply } : {}),
  };
}

export default function Macros({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("ticketWork");
  const words = useT("tickets");
  const allowed = useCan("tickets.configure");
  const { macros, edited, isNew } = loaderData;
  const does = ({ actions }: (typeof macros)[number]) => [
    ...(actions.status ? [words(`status.${actions.status}`)] : []),
    ...(actions.note ? [t("does.note")] : []),
    ...(actions.reply ? [t("does.reply")] : []),
  ];
  return (
    <TicketSettings part="macros" intro={t("macrosIntro")} add={t("newMacro")}>
      {allowed && (edited ?? isNew) ? (
        <MacroForm
          key={edited?.id ?? "new"}
          macro={edited}
          categories={loaderData.categories}
          fields={loaderData.fields}
          assignees={loaderData.assignees}
          lastResult={refusedIn(actionData)}
        />
      ) : null}
      {macros.length === 0 && !isNew ? (
        <EmptyState icon={<Zap size={18} aria-hidden />} title={t("noMacros")}>
          {t("noMacrosBody")}
        </EmptyState>
      ) : (
        <ul aria-label={t("tab.macros")} className="border-t border-line">
          {macros.map((macro) => (
            <NamedRow key={macro.id} id={macro.id} name={macro.name}>
              {[...does(macro), t("used", { count: macro.usageCount })].join(" · ")}
            </NamedRow>
          ))}
        </ul>
      )}
    </TicketSettings>
  );
}
