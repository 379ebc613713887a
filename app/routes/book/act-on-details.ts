import { parse } from "@conform-to/react";
import { data, redirect } from "react-router";

import type { Locale } from "#app/i18n/locales.ts";
import { answerForm, type RefusedForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

import { readSlot } from "../appointments/booking-address.ts";
import { keptTimeIn, type KeptTime } from "./details-address.ts";
import { personIn } from "./person-fields.tsx";
import { visitCookie, visitIn } from "./visit-cookie.ts";

interface Asked {
  request: Request;
  api: Caller;
  params: { tenant: string; service: string };
  locale: Locale;
}

/** Another time was kept in place of one that was taken: the form goes on with it, as it was filled. */
export interface KeptAnother extends RefusedForm {
  kept: KeptTime;
}

/** Books the time that is kept; or keeps one of those that were named in its place. */
export async function actOnDetails({ request, api, params, locale }: Asked) {
  const form = await request.formData();
  const other = readSlot(String(form.get("slot") ?? ""));
  const visit = visitIn(request);
  const where = { slug: params.tenant, serviceId: params.service, visit };
  if (other) return answerForm(form, () => keepAnother(form, api, { ...where, ...other }));
  const kept = keptTimeIn(form);
  if (!kept) throw new Response(null, { status: 400 });
  return answerForm(form, async (values) => {
    const { startsAt, userId, holdId } = kept;
    const contactBy = ways.find((way) => way === values["contactBy"]);
    const wanted = { ...where, startsAt, userId, holdId, contactBy, notes: values["notes"] ?? "", language: locale };
    const { token } = await api.booking.book({ ...wanted, ...personIn(values) });
    return redirect(`/book/${params.tenant}/manage/${token}?booked`);
  });
}

const ways = ["sms", "whatsapp", "email"] as const;

type Wanted = Parameters<Caller["booking"]["hold"]>[0];

async function keepAnother(form: FormData, api: Caller, wanted: Wanted) {
  const held = await api.booking.hold(wanted);
  const sent = parse<unknown, string[]>(form, { resolve: (value) => ({ value }) });
  const headers = { "set-cookie": visitCookie(held.visit) };
  return data<KeptAnother>(
    { result: sent.reply({ formErrors: [] }), kept: { ...held, startsAt: wanted.startsAt } },
    { headers },
  );
}
