import { Plus, UsersRound } from "lucide-react";

import { apiContext, pageContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/page";
import { actOnTeams } from "./act-on-teams.ts";
import { NewTeam } from "./new-team.tsx";
import { SendersForm } from "./senders-form.tsx";
import { TeamCard } from "./team-card.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { teams, members } = context.get(apiContext);
  const { viewer, tenantSlug } = context.get(pageContext);
  const role = viewer?.memberships.find(({ slug }) => slug === tenantSlug)?.role;
  const manages = role === "owner" || role === "admin";
  const query = new URL(request.url).searchParams;
  const [list, people, senders] = await Promise.all([teams.list(), members.list(), teams.senders()]);
  const opened = manages ? list.find(({ id }) => id === query.get("team")) : undefined;
  if (manages && query.has("team") && !opened) throw new Response(null, { status: 404 });
  return {
    list,
    people: people.filter(({ status }) => status === "active"),
    senders,
    opened: opened ? { id: opened.id, work: await teams.countWork({ teamId: opened.id }) } : null,
    creating: manages && query.has("new"),
  };
}

export const action = ({ request, context, params }: Route.ActionArgs) =>
  actOnTeams(request, context.get(apiContext).teams, `/t/${params.tenant}/settings/teams`);

export default function Teams({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("teams");
  const format = useFormat();
  const manages = useCan("teams.write");
  useLive(["members"], undefined, { every: 1_000 });
  const { list, people, senders, opened, creating } = loaderData;
  const refused = refusedIn(actionData);
  const saved = actionData && "saved" in actionData ? actionData.saved : null;
  const create = manages ? (
    <LinkButton to="?new" variant="primary" icon={<Plus size={15} aria-hidden />} preventScrollReset>
      {t("new")}
    </LinkButton>
  ) : null;
  return (
    <Page
      title={t("title")}
      beside={<span className="text-faint">{format.number(list.length)}</span>}
      actions={list.length > 0 ? create : null}
    >
      <div className="flex w-full max-w-4xl flex-col gap-6 px-5 pb-16 max-sm:px-4">
        {creating ? <NewTeam lastResult={refused} /> : null}
        {list.length > 0 ? (
          <ul aria-label={t("title")} className="divide-y divide-line border-y border-line">
            {list.map((team) => (
              <TeamCard
                key={team.id}
                team={team}
                people={people}
                work={opened?.id === team.id ? opened.work : null}
                saved={saved === team.id}
                lastResult={creating ? undefined : refused}
              />
            ))}
          </ul>
        ) : creating ? null : (
          <EmptyState icon={<UsersRound size={18} aria-hidden />} title={t("empty")} action={create}>
            {manages ? t("emptyBody") : t("askAdmin")}
          </EmptyState>
        )}
        <SendersForm onlyAssignee={senders.onlyAssignee} saved={saved === "senders"} />
      </div>
    </Page>
  );
}
