import { Plus, Scissors } from "lucide-react";
import { Form, Link } from "react-router";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useShell } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/page";
import { actOnServices } from "./act-on-services.ts";
import { ServiceForm } from "./service-form.tsx";
import type { Service } from "./service.ts";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { scheduling, members } = context.get(apiContext);
  const query = new URL(request.url).searchParams;
  const [list, people] = await Promise.all([scheduling.services.list(), members.list()]);
  const chosen = query.get("service");
  const opened = list.find(({ id }) => id === chosen) ?? null;
  if (chosen && !opened) throw new Response(null, { status: 404 });
  return {
    list,
    opened,
    people: people.filter(({ status }) => status === "active").map(({ userId, name }) => ({ userId, name })),
    creating: query.has("new"),
    saved: query.has("saved"),
  };
}

export const action = async ({ request, context, params }: Route.ActionArgs) =>
  actOnServices(await request.formData(), context.get(apiContext), `/t/${params.tenant}/settings/services`);

/** What a business offers by appointment. */
export default function Services({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("appointments");
  const manages = useCan("appointments.configure");
  const { currency } = useShell().tenant;
  const { list, opened, people, creating, saved } = loaderData;
  const offered = list.filter(({ archived }) => !archived);
  const archived = list.filter((service) => service.archived);
  const refused = refusedIn(actionData);
  const create = manages ? (
    <LinkButton to="?new" variant="primary" shortcut="N" icon={<Plus size={15} aria-hidden />} preventScrollReset>
      {t("newService")}
    </LinkButton>
  ) : null;
  return (
    <Page title={t("services")} actions={list.length > 0 ? create : null}>
      <div className="flex w-full max-w-4xl flex-col gap-5 px-5 pb-16 max-sm:px-4">
        <p className="text-dim">{t("servicesIntro")}</p>
        {saved ? (
          <Banner tone="ok" role="status">
            {t("saved")}
          </Banner>
        ) : null}
        {creating && manages ? (
          <ServiceForm service={null} people={people} currency={currency} refused={refused} />
        ) : null}
        {offered.length > 0 ? (
          <ul aria-label={t("services")} className="divide-y divide-line border-y border-line">
            {offered.map((service) => (
              <li key={service.id}>
                <ServiceLine service={service} opened={opened?.id === service.id} manages={manages} />
                {opened?.id === service.id && manages ? (
                  <div className="pb-4">
                    <ServiceForm service={service} people={people} currency={currency} refused={refused} />
                  </div>
                ) : null}
              </li>
            ))}
          </ul>
        ) : creating ? null : (
          <EmptyState icon={<Scissors size={18} aria-hidden />} title={t("noServices")} action={create}>
            {manages ? t("noServiceBody") : t("noServiceAsk")}
          </EmptyState>
        )}
        {archived.length > 0 ? <Archived services={archived} manages={manages} /> : null}
      </div>
    </Page>
  );
}

function ServiceLine({ service, opened, manages }: { service: Service; opened: boolean; manages: boolean }) {
  const t = useT("appointments");
  const format = useFormat();
  const { id, name, durationMinutes, priceCents, currency, location, online, members } = service;
  return (
    <div className="row flex flex-wrap items-center gap-x-4 gap-y-1 py-3 hover:bg-hover" data-row="">
      <div className="min-w-52 flex-1 max-sm:basis-full">
        <h2 className="font-semibold">
          {manages ? (
            <Link
              to={opened ? "?" : `?service=${id}`}
              preventScrollReset
              aria-expanded={opened}
              aria-label={t("manageService", { name })}
              className="row-link"
            >
              {name}
            </Link>
          ) : (
            name
          )}
        </h2>
        <p className="text-dim">
          {[
            format.duration(durationMinutes * 60_000),
            priceCents === null ? null : format.money(priceCents, currency),
            location,
            online ? null : t("notOnline"),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <p className={members.length === 0 ? "text-warn" : "text-dim"}>
        {members.length === 0 ? t("nobodyOffers") : format.list(members.map((member) => member.name))}
      </p>
    </div>
  );
}

function Archived({ services, manages }: { services: readonly Service[]; manages: boolean }) {
  const t = useT("appointments");
  return (
    <details>
      <summary className="cursor-pointer text-dim">{t("archived", { count: services.length })}</summary>
      <ul aria-label={t("archived", { count: services.length })} className="mt-2 divide-y divide-line">
        {services.map(({ id, name }) => (
          <li key={id} className="flex min-h-10 items-center gap-3">
            <span className="flex-1 text-dim">{name}</span>
            {manages ? (
              <Form method="post">
                <input type="hidden" name="serviceId" value={id} />
                <Button type="submit" name="intent" value="restore" size="sm">
                  {t("restore")}
                </Button>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  );
}
