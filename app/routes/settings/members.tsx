import { UserPlus } from "lucide-react";

import { apiContext, pageContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useShell } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/members";
import { InvitationList } from "./members/invitation-list.tsx";
import { InvitePanel } from "./members/invite-panel.tsx";
import { daysOf } from "./absence/absence-days.ts";
import { zoneOf } from "./absence/zone-of.ts";
import { actOnMembers, linkIn } from "./members/act-on-members.ts";
import { MemberTable } from "./members/member-table.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { members } = context.get(apiContext);
  const { viewer, tenantSlug } = context.get(pageContext);
  const role = viewer?.memberships.find(({ slug }) => slug === tenantSlug)?.role;
  const manages = role === "owner" || role === "admin";
  const query = new URL(request.url).searchParams;
  const chosen = manages ? query.get("member") : null;
  const [list, invitations] = await Promise.all([members.list(), manages ? members.invitations() : []]);
  const managed = list.find(({ userId }) => userId === chosen);
  return {
    list,
    invitations,
    managed: managed
      ? {
          userId: managed.userId,
          work: await members.openWork({ userId: managed.userId }),
          absence: daysOf(managed.absence, zoneOf(context.get(pageContext))),
        }
      : null,
    inviting: manages && query.has("invite"),
  };
}

export const action = ({ request, context }: Route.ActionArgs) =>
  actOnMembers(request, context.get(apiContext), context.get(pageContext));

export default function Members({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("members");
  const format = useFormat();
  const { member } = useShell();
  const canManage = useCan("members.write");
  useLive(["members"]);
  const { list, invitations, managed, inviting } = loaderData;
  const active = list.filter(({ status }) => status === "active").length;
  const link = linkIn(actionData);
  return (
    <Page
      title={t("title")}
      beside={<span className="text-faint">{format.number(active)}</span>}
      actions={
        canManage ? (
          <LinkButton to="?invite" variant="primary" icon={<UserPlus size={15} aria-hidden />} preventScrollReset>
            {t("invite")}
          </LinkButton>
        ) : null
      }
    >
      {inviting ? (
        <InvitePanel
          link={link?.kind === "invitation" ? link : null}
          lastResult={refusedIn(actionData)}
          makesOwners={member.role === "owner"}
        />
      ) : null}
      <MemberTable
        members={list}
        managed={managed}
        link={link?.kind === "reset" ? link : null}
        refused={inviting ? undefined : refusedIn(actionData)}
      />
      {canManage && invitations.length > 0 ? <InvitationList invitations={invitations} /> : null}
      {list.length === 1 && invitations.length === 0 && canManage && !inviting ? (
        <EmptyState
          icon={<UserPlus size={18} aria-hidden />}
          title={t("alone")}
          action={<LinkButton to="?invite">{t("inviteTitle")}</LinkButton>}
        >
          {t("aloneBody")}
        </EmptyState>
      ) : null}
    </Page>
  );
}
