import { useForm } from "@conform-to/react";
import { CalendarCheck } from "lucide-react";
import { Form, redirect, useNavigation } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { localeOf } from "#app/i18n/negotiate.ts";
import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Textarea } from "#app/ui/inputs.tsx";

import type { Route } from "./+types/details";
import { actOnDetails } from "./act-on-details.ts";
import type { Business } from "./data.ts";
import { keptTimeIn, type KeptTime } from "./details-address.ts";
import { Frame } from "./frame.tsx";
import { KeptBanner } from "./kept-banner.tsx";
import { PersonFields, type PersonValues } from "./person-fields.tsx";
import { serviceIn } from "./service-in.ts";
import { freeInstead, TakenBanner } from "./taken-banner.tsx";
import { useWords } from "./use-words.ts";

export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { business, services, stamp } = await context.get(apiContext).booking.open({ slug: params.tenant });
  const service = serviceIn(services, params.service);
  const kept = keptTimeIn(new URL(request.url).searchParams);
  if (!kept) throw redirect(`/book/${params.tenant}/${params.service}`);
  return { business, service, stamp, kept };
}

export const action = ({ request, context, params }: Route.ActionArgs) =>
  actOnDetails({
    request,
    api: context.get(apiContext),
    params,
    locale: localeOf(request, context.get(pageContext).viewer?.locale),
  });

export function headers() {
  return { "cache-control": "no-store", "x-robots-tag": "noindex" };
}

/** The third step: who it is for. What was typed stays, whatever happens to the time. */
export default function BookingDetails({ loaderData, actionData, params }: Route.ComponentProps) {
  const t = useT("booking");
  const words = useWords();
  const { state, formData } = useNavigation();
  const { business, service, stamp } = loaderData;
  const refused = refusedIn(actionData);
  const [form, fields] = useForm<PersonValues & { notes: string; contactBy: string }>({
    id: "booking",
    ...(refused ? { lastResult: refused } : {}),
  });
  const kept = keptIn(actionData) ?? keptAsSent(refused?.initialValue) ?? loaderData.kept;
  const instead = freeInstead(refused);
  const times = `/book/${params.tenant}/${service.id}?with=${kept.userId}`;
  const busy = state !== "idle" && formData !== undefined && !formData.has("slot");
  return (
    <Frame business={business} home={`/book/${params.tenant}`} title={t("chooseDetails")} step="details">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate className="flex flex-col gap-5">
        {/* The first button of a form is the one that Enter presses. */}
        <button type="submit" className="sr-only" tabIndex={-1} aria-hidden />
        {instead ? <TakenBanner slots={instead} /> : <KeptBanner service={service} kept={kept} times={times} />}
        <FormErrors errors={form.errors} id={form.errorId} />
        <KeptFields kept={kept} />
        <PersonFields fields={fields} stamp={stamp} />
        <ContactChoice ways={business.contactWays} chosen={fields.contactBy.initialValue ?? ""} />
        <Field field={fields.notes} label={t("notes")} optional>
          {(aria) => (
            <Textarea {...aria} name="notes" rows={3} maxLength={2_000} defaultValue={fields.notes.initialValue} />
          )}
        </Field>
        <p className="text-xs text-dim">{t("consent", { business: business.name })}</p>
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          className="self-start max-sm:w-full"
          icon={<CalendarCheck size={15} aria-hidden />}
        >
          {t("confirm")}
        </Button>
        <p className="text-xs text-faint">{words.changes(business.changeNoticeMinutes)}</p>
      </Form>
    </Frame>
  );
}

/** The time goes along with the form, so that another one may take its place. */
function KeptFields({ kept: { startsAt, userId, holdId, heldUntil } }: { kept: KeptTime }) {
  const values = { at: startsAt.toISOString(), with: userId, hold: holdId, until: heldUntil.toISOString() };
  return Object.entries(values).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

function ContactChoice({ ways, chosen }: { ways: Business["contactWays"]; chosen: string }) {
  const t = useT("booking");
  if (ways.length < 2) return null;
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t("contactBy")}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {["", ...ways].map((way) => (
          <Checkbox
            key={way}
            type="radio"
            name="contactBy"
            value={way}
            defaultChecked={chosen === way}
            label={t(`contactBy.${(way || "any") as "any" | Business["contactWays"][number]}`)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function keptIn(answer: unknown): KeptTime | null {
  return typeof answer === "object" && answer !== null && "kept" in answer ? (answer.kept as KeptTime) : null;
}

/** After a refusal the form still speaks of the time that it was sent with. */
function keptAsSent(sent: Record<string, unknown> | null | undefined): KeptTime | null {
  return sent ? keptTimeIn({ get: (name) => sent[name] }) : null;
}
