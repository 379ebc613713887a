import { CalendarPlus, Eraser, MessagesSquare, Pencil, Ticket } from "lucide-react";
import { useSearchParams } from "react-router";

import { apiContext } from "#app/context.ts";
import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/customer";
import { actOnCustomer } from "./act-on-customer.ts";
import { CustomerAside } from "./customer-aside.tsx";
import { CustomerStats } from "./customer-stats.tsx";
import { CustomerTimeline } from "./customer-timeline.tsx";
import { filterNames, filters, segmentTones, type Filter } from "./customer-words.ts";
import { EditCustomer } from "./edit-customer.tsx";

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const { customers, surveys } = context.get(apiContext);
  const customerId = known(params.id);
  const { searchParams } = new URL(request.url);
  const filter = filterNames.find((name) => name === searchParams.get("show")) ?? null;
  const after = searchParams.get("after") ?? undefined;
  const [detail, activities, knownTags, satisfaction] = await Promise.all([
    customers.get({ customerId }),
    customers.activities.list({ customerId, after, ...(filter ? { types: [...filters[filter]] } : {}) }),
    customers.tags.list(),
    surveys.ofCustomer({ customerId }),
  ]);
  return { detail, activities, knownTags, satisfaction, filter: filter as Filter | null, older: after !== undefined };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  return actOnCustomer({
    api: context.get(apiContext),
    customerId: known(params.id),
    form: await request.formData(),
    path: `/t/${params.tenant}/customers/${params.id}`,
  });
}

function known(text: string): string {
  if (!id.test(text)) throw new Response(null, { status: 404 });
  return text;
}

export type CustomerDetail = Route.ComponentProps["loaderData"]["detail"];
export type Satisfaction = Route.ComponentProps["loaderData"]["satisfaction"];
export type Activities = Route.ComponentProps["loaderData"]["activities"];

export default function CustomerPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("customers");
  const format = useFormat();
  const to = useTenantPath();
  const [search] = useSearchParams();
  const { detail, activities, knownTags, filter, older } = loaderData;
  const { customer } = detail;
  useLive(["customers"], [customer.id]);
  useLive(["tickets", "conversations"], undefined, { every: 2_000 });
  return (
    <Page
      title={customer.displayName}
      beside={
        <Badge tone={segmentTones[customer.segment]} icon={null}>
          {t(`segment.${customer.segment}`)}
        </Badge>
      }
      actions={customer.erasedAt ? null : <Actions customerId={customer.id} />}
      header={
        <p className="flex flex-wrap gap-x-4 gap-y-1 border-b border-line px-5 pb-3 text-dim max-sm:px-4">
          <BackLink to={to("customers")}>{t("back")}</BackLink>
          {customer.phone ? <span>{format.phone(customer.phone)}</span> : null}
          {customer.email ? <span>{customer.email}</span> : null}
          {customer.city ? <span>{customer.city}</span> : null}
          <span className="text-faint">{t("since", { date: format.date(customer.createdAt) })}</span>
        </p>
      }
    >
      <div className="grid lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6 px-5 py-4 max-sm:px-4">
          {customer.erasedAt ? <Banner>{t("erased", { at: format.dateTime(customer.erasedAt) })}</Banner> : null}
          <RefusedWithoutScript answer={actionData} />
          {search.has("edit") ? <EditCustomer customer={customer} lastResult={refusedIn(actionData)} /> : null}
          <CustomerStats customer={customer} />
          <CustomerTimeline
            currency={customer.currency}
            activities={activities}
            filter={filter}
            older={older}
            closed={customer.erasedAt !== null}
          />
        </div>
        {customer.erasedAt ? null : (
          <CustomerAside detail={detail} knownTags={knownTags} satisfaction={loaderData.satisfaction} />
        )}
      </div>
    </Page>
  );
}

function Actions({ customerId }: { customerId: string }) {
  const t = useT("customers");
  const to = useTenantPath();
  const mayRead = useCan("conversations.read");
  const [shell, mayBook] = [useT("shell"), useCan("appointments.write")];
  const [mayEdit, mayErase, mayOpen] = [useCan("customers.write"), useCan("customers.erase"), useCan("tickets.write")];
  return (
    <>
      {mayRead ? (
        <LinkButton
          to={to(`customers/${customerId}/messages`)}
          shortcut="P"
          icon={<MessagesSquare size={14} aria-hidden />}
        >
          <span className="max-sm:sr-only">{t("theirMessages")}</span>
        </LinkButton>
      ) : null}
      {mayEdit ? (
        <LinkButton to="?edit=1" replace icon={<Pencil size={14} aria-hidden />}>
          <span className="max-sm:sr-only">{t("edit")}</span>
        </LinkButton>
      ) : null}
      {mayErase ? (
        <LinkButton to={to(`customers/${customerId}/erase`)} icon={<Eraser size={14} aria-hidden />}>
          <span className="max-sm:sr-only">{t("erase")}</span>
        </LinkButton>
      ) : null}
      {mayBook ? (
        <LinkButton to={to(`appointments/new?customer=${customerId}`)} icon={<CalendarPlus size={14} aria-hidden />}>
          <span className="max-sm:sr-only">{shell("bookAppointment")}</span>
        </LinkButton>
      ) : null}
      {mayOpen ? (
        <LinkButton
          to={to(`tickets/new?customer=${customerId}`)}
          variant="primary"
          icon={<Ticket size={14} aria-hidden />}
        >
          <span className="max-sm:sr-only">{t("newTicket")}</span>
        </LinkButton>
      ) : null}
    </>
  );
}

/** Without JavaScript a small form answers with the whole page: its refusal stands at the top. */
function RefusedWithoutScript({ answer }: { answer: Route.ComponentProps["actionData"] }) {
  const errorText = useErrorText();
  if (!answer || !("ok" in answer) || answer.ok) return null;
  return (
    <Banner tone="bad" role="alert">
      {errorText(Object.values(answer.fields).flat()[0] ?? answer.reason, answer.code)}
    </Banner>
  );
}
