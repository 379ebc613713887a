import { CalendarPlus, Pencil, RotateCcw, UserRoundCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Form, useNavigation, useSearchParams } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import { BusinessTime } from "../appointments/business-time.tsx";
import { zoneOfBusiness } from "../appointments/zone.ts";
import type { Route } from "./+types/prospect";
import { actOnProspect } from "./act-on-prospect.ts";
import type { ProspectDetail } from "./data.ts";
import { EditProspect } from "./edit-prospect.tsx";
import { ProspectAside } from "./prospect-aside.tsx";
import { ProspectFacts } from "./prospect-facts.tsx";
import { ProspectHistory } from "./prospect-history.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { StatusForm } from "./status-form.tsx";

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ params, request, context }: Route.LoaderArgs) {
  if (!id.test(params.id)) throw new Response(null, { status: 404 });
  const { prospects, members } = context.get(apiContext);
  const editing = new URL(request.url).searchParams.has("edit");
  const [detail, people, used] = await Promise.all([
    prospects.get({ prospectId: params.id }),
    editing ? members.list() : [],
    editing ? prospects.suggestions() : null,
  ]);
  return {
    detail,
    used,
    timeZone: zoneOfBusiness(context.get(pageContext)),
    // Whoever has it stays there to be chosen, also when they have left.
    members: people
      .filter(({ status, userId }) => status === "active" || userId === detail.ownerId)
      .map(({ userId, name }) => ({ userId, name })),
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  return actOnProspect({
    api: context.get(apiContext),
    prospectId: params.id,
    form: await request.formData(),
    timeZone: zoneOfBusiness(context.get(pageContext)),
    here: `/t/${params.tenant}/prospects/${params.id}`,
  });
}

export type ProspectData = Route.ComponentProps["loaderData"];

/** One prospect: what they look for, what it is worth, how it stands and how it came to that. */
export default function ProspectPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("prospects");
  const errorText = useErrorText();
  const to = useTenantPath();
  const format = useFormat();
  const [search] = useSearchParams();
  const mayWrite = useCan("prospects.write");
  const { detail, used } = loaderData;
  useLive(["prospects"], [detail.id]);
  return (
    <BusinessTime>
      <Page
        title={t("titleOf", { name: detail.customerName })}
        beside={<StatusBadge status={detail.status} />}
        actions={mayWrite ? <Actions detail={detail} /> : null}
        header={
          <p className="flex flex-wrap gap-x-4 gap-y-1 border-b border-line px-5 pb-3 text-dim max-sm:px-4">
            <BackLink to={to("prospects")}>{t("title")}</BackLink>
            <span className="text-fg">{detail.interest || t("unsaid")}</span>
            {detail.customerPhone ? <span>{format.phone(detail.customerPhone)}</span> : null}
            {detail.customerEmail ? <span>{detail.customerEmail}</span> : null}
          </p>
        }
      >
        <div className="grid lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="flex min-w-0 flex-col gap-6 px-5 py-4 max-sm:px-4">
            {actionData && "ok" in actionData && !actionData.ok ? (
              <Banner tone="bad" role="alert">
                {errorText(actionData.reason, actionData.code)}
              </Banner>
            ) : null}
            {detail.convertedAt ? (
              <Banner tone="ok">{t("convertedOn", { date: format.dateTime(detail.convertedAt) })}</Banner>
            ) : null}
            {search.has("edit") && mayWrite && used ? (
              <EditProspect data={loaderData} used={used} answer={actionData} />
            ) : (
              <ProspectFacts detail={detail} />
            )}
            {mayWrite && detail.onward.length > 0 ? <StatusForm detail={detail} /> : null}
            <ProspectHistory detail={detail} />
          </div>
          <ProspectAside detail={detail} />
        </div>
      </Page>
    </BusinessTime>
  );
}

function Actions({ detail: { onward, status, undoable, customerId, conversationId } }: { detail: ProspectDetail }) {
  const t = useT("prospects");
  const to = useTenantPath();
  const mayBook = useCan("appointments.write");
  const about = conversationId ? `&conversation=${conversationId}` : "";
  return (
    <>
      <LinkButton to="?edit" replace shortcut="E" icon={<Pencil size={14} aria-hidden />}>
        <span className="max-sm:sr-only">{t("edit")}</span>
      </LinkButton>
      {mayBook ? (
        <LinkButton
          to={to(`appointments/new?customer=${customerId}${about}`)}
          icon={<CalendarPlus size={14} aria-hidden />}
        >
          <span className="max-sm:sr-only">{t("book")}</span>
        </LinkButton>
      ) : null}
      {onward.includes("converted") ? (
        <Act intent="convert" primary words={t("convert")} icon={<UserRoundCheck size={14} aria-hidden />} />
      ) : null}
      {status === "converted" && undoable ? (
        <Act intent="undo" words={t("undoConversion")} icon={<RotateCcw size={14} aria-hidden />} />
      ) : null}
    </>
  );
}

interface ActProps {
  intent: "convert" | "undo";
  words: string;
  icon: ReactNode;
  primary?: boolean;
}

function Act({ intent, words, icon, primary = false }: ActProps) {
  const { state, formData } = useNavigation();
  const busy = state !== "idle" && formData?.get("intent") === intent;
  return (
    <Form method="post" action="?">
      <input type="hidden" name="intent" value={intent} />
      <Button
        type="submit"
        variant={primary ? "primary" : "plain"}
        shortcut={primary ? "C" : undefined}
        busy={busy}
        icon={icon}
      >
        <span className="max-sm:sr-only">{words}</span>
      </Button>
    </Form>
  );
}
