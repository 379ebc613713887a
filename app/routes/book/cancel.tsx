import { useForm } from "@conform-to/react";
import { Form, redirect, useNavigation } from "react-router";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/cancel";
import type { Managed } from "./data.ts";
import { Frame } from "./frame.tsx";
import { managedAddress, managedHeaders, orNowhere } from "./managed-address.ts";
import { Nowhere } from "./nowhere.tsx";
import { useDays } from "./use-words.ts";

export async function loader({ context, params }: Route.LoaderArgs) {
  const { managed } = context.get(apiContext).booking;
  return orNowhere(
    managed.open({ slug: params.tenant, token: params.token }).then((opened) => {
      if (!opened.changeableUntil) throw redirect(managedAddress(params));
      return opened;
    }),
  );
}

export async function action({ request, context, params }: Route.ActionArgs) {
  return answerForm(await request.formData(), async ({ reason = "" }) => {
    await context.get(apiContext).booking.managed.cancel({ slug: params.tenant, token: params.token, reason });
    return redirect(managedAddress(params));
  });
}

export const headers = () => managedHeaders;

/** Asks once more before an appointment is given up, and why if one likes to say. */
export default function CancelAppointment({ loaderData: { found }, actionData, params }: Route.ComponentProps) {
  const t = useT("booking");
  if (!found) return <Nowhere />;
  return (
    <Frame business={found.business} title={t("cancelTitle")}>
      <CancelForm managed={found} refused={refusedIn(actionData)} here={managedAddress(params)} />
    </Frame>
  );
}

interface CancelFormProps {
  managed: Managed;
  refused: ReturnType<typeof refusedIn>;
  here: string;
}

function CancelForm({ managed: { service, startsAt }, refused, here }: CancelFormProps) {
  const t = useT("booking");
  const format = useFormat();
  const days = useDays();
  const { state } = useNavigation();
  const [form, fields] = useForm<{ reason: string }>({ id: "cancel", ...(refused ? { lastResult: refused } : {}) });
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate className="flex flex-col gap-5">
      <p className="text-base">
        {t("cancelIntro", { service, day: days.dayOf(startsAt), time: format.time(startsAt) })}
      </p>
      <FormErrors errors={form.errors} id={form.errorId} />
      <Field field={fields.reason} label={t("cancelReason")} optional>
        {(aria) => <Input {...aria} name="reason" maxLength={500} defaultValue={fields.reason.initialValue} />}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="danger" busy={state !== "idle"}>
          {t("cancelNow")}
        </Button>
        <LinkButton to={here} variant="quiet">
          {t("keep")}
        </LinkButton>
      </div>
    </Form>
  );
}
