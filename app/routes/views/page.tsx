import { Form, Link } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { ownPath } from "#app/routes/auth/safe-next.ts";
import { refusedIn } from "#app/shell/answer-form.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { RefusedBanner } from "#app/shell/refused-banner.tsx";
import { RenameForm } from "#app/shell/rename-form.tsx";
import { addressOf, viewParams, type ShownView, type ViewArea } from "#app/shell/saved-views.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { ListRow } from "#app/ui/list-row.tsx";
import { RowAction } from "#app/ui/row-action.tsx";

import type { Route } from "./+types/page";
import { actOnViews } from "./act-on-views.ts";

/** Where each list is, below the tenant's address. */
const lists: Record<ViewArea, string> = {
  webhook_logs: "logs",
  tickets: "tickets",
  inbox: "inbox",
  calls: "calls",
  prospects: "prospects",
  appointments: "appointments/list",
  customers: "customers",
};

function areaOf(name: string): ViewArea {
  if (name in lists) return name as ViewArea;
  throw new Response(null, { status: 404 });
}

export async function loader({ request, params, context }: Route.LoaderArgs) {
  const area = areaOf(params.area);
  const asked = new URL(request.url).searchParams.get("back");
  const views = await context.get(apiContext).savedViews.list({ area });
  return { area, views, back: asked === null ? null : ownPath(asked) };
}

export function action({ request, params, context }: Route.ActionArgs) {
  return actOnViews(request, context.get(apiContext).savedViews, areaOf(params.area));
}

export default function ViewsPage({ loaderData: { area, views, back }, actionData }: Route.ComponentProps) {
  const t = useT("views");
  const to = useTenantPath();
  useLive(["views"]);
  const refused = refusedIn(actionData);
  const typed = refused?.initialValue;
  const groups = [
    { title: t("mine"), of: views.filter(({ mine }) => mine) },
    { title: t("everybody"), of: views.filter(({ mine }) => !mine) },
  ].filter((group) => group.of.length > 0);
  return (
    <Page title={t(`area.${area}`)}>
      <div className="flex max-w-200 flex-col gap-6 px-5 pb-12 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">
          {t("manageIntro")}{" "}
          <Link to={back ?? to(lists[area])} className="link">
            {t("back")}
          </Link>
        </p>
        <RefusedBanner refused={refused} />
        {typed?.intent === "save" ? <SaveAgain typed={typed} /> : null}
        {groups.length === 0 ? <EmptyState title={t("none")}>{t("noneBody")}</EmptyState> : null}
        {groups.map(({ title, of }) => (
          <section key={title} aria-label={title} className="flex flex-col gap-3">
            <h2 className="font-semibold">{title}</h2>
            <ul className="border-t border-line">
              {of.map((view) => (
                <ViewRow key={view.id} view={view} list={to(lists[area])} param={viewParams[area]} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Page>
  );
}

/** What could not be saved, to be given another name. */
function SaveAgain({ typed }: { typed: Record<string, unknown> }) {
  const t = useT("views");
  const text = (name: string) => (typeof typed[name] === "string" ? typed[name] : "");
  const mayShare = useCan("views.share");
  return (
    <Form method="post" aria-label={t("saveTitle")} className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="query" value={text("query")} />
      <label className="flex flex-col gap-1">
        <span className="text-xs font-medium">{t("name")}</span>
        <Input name="name" required maxLength={60} defaultValue={text("name")} aria-invalid />
      </label>
      {mayShare ? (
        <Checkbox name="shared" value="yes" defaultChecked={text("shared") === "yes"} label={t("share")} />
      ) : null}
      <Button type="submit" name="intent" value="save" variant="primary">
        {t("saveIt")}
      </Button>
    </Form>
  );
}

function ViewRow({ view, list, param }: { view: ShownView; list: string; param: string }) {
  const t = useT("views");
  const mayShare = useCan("views.share");
  const { id, name, query, shared, mine, ownerName, changeable, outdated } = view;
  return (
    <ListRow
      actions={
        changeable ? (
          <>
            <RenameForm id={id} name={name} label={t("renameNamed", { name })}>
              {t("rename")}
            </RenameForm>
            <Form method="post" preventScrollReset className="flex items-center gap-1.5">
              <input type="hidden" name="id" value={id} />
              <input type="hidden" name="shared" value={shared ? "no" : "yes"} />
              {mayShare ? (
                <RowAction intent="share" label={t(shared ? "unshareNamed" : "shareNamed", { name })}>
                  {t(shared ? "unshare" : "shareIt")}
                </RowAction>
              ) : null}
              <RowAction intent="remove" variant="quiet" label={t("removeNamed", { name })}>
                {t("remove")}
              </RowAction>
            </Form>
          </>
        ) : null
      }
    >
      <span>
        <Link
          to={`${list}${addressOf({ ...query, [param]: id })}`}
          className="link"
          aria-label={t("openNamed", { name })}
        >
          {name}
        </Link>
        {shared && !mine ? <span className="block text-xs text-faint">{t("shared", { name: ownerName })}</span> : null}
        {outdated ? <span className="block text-xs text-warn">{t("outdated")}</span> : null}
      </span>
    </ListRow>
  );
}
