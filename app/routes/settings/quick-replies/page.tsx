import { MessageSquareQuote } from "lucide-react";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { KeepTyping } from "#app/shell/keep-typing.tsx";
import { Page } from "#app/shell/page.tsx";
import { RefusedBanner } from "#app/shell/refused-banner.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { SearchInList } from "#app/ui/search-in-list.tsx";

import type { Route } from "./+types/page";
import { categoriesOf, found } from "./found.ts";
import { NewQuickReply } from "./quick-reply-form.tsx";
import { QuickReplyRow } from "./quick-reply-row.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const query = new URL(request.url).searchParams.get("q")?.trim().slice(0, 200) ?? "";
  const all = await context.get(apiContext).quickReplies.list();
  return { query, all, replies: found(all, query) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { quickReplies } = context.get(apiContext);
  return answerForm(
    await request.formData(),
    async ({ intent, quickReplyId = "", shortcut = "", template = "", category, personal }) => {
      const fields = { shortcut, template, ...(category ? { category } : {}) };
      if (intent === "create") await quickReplies.create({ ...fields, personal: personal === "yes" });
      else if (intent === "remove") await quickReplies.delete({ quickReplyId });
      else await quickReplies.update({ quickReplyId, ...fields });
      return null;
    },
  );
}

/** Ready-made answers: the business's and one's own, by category, as `/` offers them while one writes. */
export default function QuickReplies({ loaderData: { all, replies, query }, actionData }: Route.ComponentProps) {
  const t = useT("quickReplies");
  const to = useTenantPath();
  const writes = useCan("quick_replies.write");
  const refused = refusedIn(actionData);
  const typed = refused?.initialValue as Record<string, string> | undefined;
  const categories = categoriesOf(all);
  return (
    <Page title={t("title")}>
      <div className="flex max-w-200 flex-col gap-6 px-5 pb-12 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">{t("intro")}</p>
        <RefusedBanner refused={refused} />
        {/* Emptied once it was made. */}
        <KeepTyping saved={all.length}>
          <NewQuickReply
            typed={typed?.["intent"] === "create" ? typed : undefined}
            shares={writes}
            categories={categories}
          />
        </KeepTyping>
        {all.length > 0 ? <SearchInList label={t("find")} value={query} address="" className="max-w-80" /> : null}
        {all.length === 0 ? (
          <EmptyState icon={<MessageSquareQuote size={18} aria-hidden />} title={t("none")}>
            {t("noneBody")}
          </EmptyState>
        ) : null}
        {all.length > 0 && replies.length === 0 ? (
          <EmptyState title={t("notFound", { query })}>
            <LinkButton to={to("settings/quick-replies")}>{t("showAll")}</LinkButton>
          </EmptyState>
        ) : null}
        {[...Map.groupBy(replies, (reply) => reply.category)].map(([category, of]) => (
          <section key={category} aria-label={category} className="flex flex-col gap-2">
            <h2 className="font-semibold first-letter:uppercase">{category === "general" ? t("general") : category}</h2>
            <ul className="border-t border-line">
              {of.map((reply) => (
                <QuickReplyRow
                  key={reply.id}
                  reply={reply}
                  changeable={writes || reply.personal}
                  categories={categories}
                  typed={typed?.["quickReplyId"] === reply.id ? typed : undefined}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Page>
  );
}
