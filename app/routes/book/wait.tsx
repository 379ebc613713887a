import { useForm } from "@conform-to/react";
import { BellRing } from "lucide-react";
import { Link, redirect, useNavigation } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { localeOf } from "#app/i18n/negotiate.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

import { dayAt, stepped } from "../appointments/calendar-address.ts";
import type { Route } from "./+types/wait";
import { Frame } from "./frame.tsx";
import { MemberOptions } from "./member-options.tsx";
import { PersonFields, personIn, type PersonValues } from "./person-fields.tsx";
import { serviceIn } from "./service-in.ts";
import { ServiceSummary } from "./service-summary.tsx";

export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { business, services, stamp } = await context.get(apiContext).booking.open({ slug: params.tenant });
  const query = new URL(request.url).searchParams;
  const today = dayAt(Date.now(), business.timezone);
  const month = stepped({ view: "month", day: today }, 1);
  const service = serviceIn(services, params.service);
  return { business, service, stamp, today, month, member: query.get("with") ?? "", done: query.has("done") };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const language = localeOf(request, context.get(pageContext).viewer?.locale);
  const where = { slug: params.tenant, serviceId: params.service, language };
  return answerForm(await request.formData(), async (values) => {
    const { userId, from = "", until = "" } = values;
    await context
      .get(apiContext)
      .booking.wait({ ...where, userId: userId || undefined, from, until, ...personIn(values) });
    return redirect(`/book/${params.tenant}/${params.service}/wait?done`);
  });
}

export function headers() {
  return { "cache-control": "no-store", "x-robots-tag": "noindex" };
}

/** For whom nothing is free: on which days they would come, and how to tell them. */
export default function WaitForTime({ loaderData, actionData, params }: Route.ComponentProps) {
  const t = useT("booking");
  const { business, service, done } = loaderData;
  const home = `/book/${params.tenant}`;
  return (
    <Frame business={business} home={home} title={done ? t("waitDone") : t("wait")} step={done ? undefined : "time"}>
      {done ? (
        <Banner tone="ok" role="status">
          {t("waitDoneBody", { service: service.name })}
        </Banner>
      ) : (
        <WaitForm data={loaderData} refused={refusedIn(actionData)} />
      )}
      <p>
        <Link to={`${home}/${service.id}`} className="link">
          {t("backToTimes")}
        </Link>
      </p>
    </Frame>
  );
}

interface WaitFormProps {
  data: Route.ComponentProps["loaderData"];
  refused: ReturnType<typeof refusedIn>;
}

function WaitForm({ data: { business, service, stamp, today, month, member }, refused }: WaitFormProps) {
  const t = useT("booking");
  const { state } = useNavigation();
  const [form, fields] = useForm<PersonValues & { userId: string; from: string; until: string }>({
    id: "wait",
    defaultValue: { from: today, until: month, userId: member },
    ...(refused ? { lastResult: refused } : {}),
  });
  return (
    <>
      <ServiceSummary service={service} />
      <p className="text-base text-dim">{t("waitIntro")}</p>
      <PostForm form={form} className="flex flex-col gap-5">
        <div className="grid items-start gap-4 sm:grid-cols-3">
          {(["from", "until"] as const).map((name) => (
            <Field key={name} field={fields[name]} label={t(name === "from" ? "waitFrom" : "waitUntil")}>
              {(aria) => (
                <Input
                  {...aria}
                  type="date"
                  name={name}
                  min={today}
                  required
                  defaultValue={fields[name].initialValue}
                />
              )}
            </Field>
          ))}
          {service.members.length > 1 ? (
            <Field field={fields.userId} label={t("withWhom")}>
              {(aria) => (
                <Select {...aria} name="userId" defaultValue={fields.userId.initialValue}>
                  <MemberOptions service={service} />
                </Select>
              )}
            </Field>
          ) : null}
        </div>
        <PersonFields fields={fields} stamp={stamp} />
        <p className="text-xs text-dim">{t("waitConsent", { business: business.name })}</p>
        <Button
          type="submit"
          variant="primary"
          busy={state !== "idle"}
          className="self-start max-sm:w-full"
          icon={<BellRing size={15} aria-hidden />}
        >
          {t("waitSend")}
        </Button>
      </PostForm>
    </>
  );
}
