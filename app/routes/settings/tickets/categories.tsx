import { Tag } from "lucide-react";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { AddLine, LineField } from "#app/shell/add-line.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { RefusedBanner } from "#app/shell/refused-banner.tsx";
import { RenameForm } from "#app/shell/rename-form.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";

import type { Route } from "./+types/categories";
import { OrderedList } from "./ordered-list.tsx";
import { TicketSettings } from "./settings-page.tsx";

export async function loader({ context }: Route.LoaderArgs) {
  const { categories } = await context.get(apiContext).ticketForms.read();
  return { categories };
}

/** Every change of the list; `intent` names it. */
export async function action({ request, context }: Route.ActionArgs) {
  const { categories } = context.get(apiContext).ticketForms;
  const form = await request.formData();
  return answerForm(form, async ({ intent, id: categoryId = "", name = "" }) => {
    switch (intent) {
      case "create":
        await categories.create({ name });
        return null;
      case "rename":
        await categories.rename({ categoryId, name });
        return null;
      case "up":
      case "down":
        await categories.move({ categoryId, up: intent === "up" });
        return null;
      case "archive":
      case "restore":
        await categories.archive({ categoryId, archived: intent === "archive" });
        return null;
      default:
        throw new Response(null, { status: 400 });
    }
  });
}

export default function Categories({ loaderData: { categories }, actionData }: Route.ComponentProps) {
  const t = useT("ticketWork");
  const allowed = useCan("tickets.configure");
  return (
    <TicketSettings part="categories" intro={t("categoriesIntro")}>
      <RefusedBanner refused={refusedIn(actionData)} />
      {allowed ? (
        <AddLine intent="create" add={t("add")} label={t("newCategory")} count={categories.length} variant="primary">
          <LineField name="name" label={t("newCategory")} required maxLength={60} place="w-64" />
        </AddLine>
      ) : null}
      <OrderedList
        label={t("tab.categories")}
        entries={categories}
        empty={
          <EmptyState icon={<Tag size={18} aria-hidden />} title={t("noCategories")}>
            {t("noCategoriesBody")}
          </EmptyState>
        }
      >
        {({ id, name, archivedAt }) =>
          allowed && !archivedAt ? (
            <RenameForm id={id} name={name} label={t("renameNamed", { name })}>
              {t("rename")}
            </RenameForm>
          ) : (
            <span className={archivedAt ? "text-dim" : undefined}>{name}</span>
          )
        }
      </OrderedList>
    </TicketSettings>
  );
}
