import { useForm } from "@conform-to/react";
import { CalendarCheck } from "lucide-react";
import { Form, useNavigation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Textarea } from "#app/ui/inputs.tsx";
import { useNow } from "#app/ui/now.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

import { bookingAddress } from "./booking-address.ts";
import type { BookingData } from "./new.tsx";
import { RefusedTime } from "./refused-time.tsx";
import { useCalendarFormat } from "./use-calendar-format.ts";
import { WhoFor, type WhoFields } from "./who-for.tsx";

/** The time is kept: whom it is for, and what one should know. */
export function ConfirmBooking({ data, answer }: { data: BookingData; answer: unknown }) {
  const t = useT("appointments");
  const { state, formData } = useNavigation();
  const [form, fields] = useForm<WhoFields & { notes: string; internalNotes: string }>({
    id: "booking",
    lastResult: refusedIn(answer),
    defaultValue: { displayName: data.booking.search ?? "" },
  });
  const busy = state !== "idle" && formData?.get("intent") === "book";
  return (
    <div className="flex max-w-2xl flex-col gap-5 px-5 pt-1 pb-12 max-sm:px-4">
      <KeptTime data={data} />
      <RefusedTime
        answer={answer}
        members={data.service?.members ?? []}
        hidden={{ intent: "hold", serviceId: data.service?.id ?? "" }}
      />
      {/* The field that looks for a customer stands inside the other form, and belongs to this one. */}
      <Form method="get" id="find-customer" className="hidden">
        {[...new URLSearchParams(bookingAddress(data.booking, { search: undefined }))].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      </Form>
      <PostForm form={form} className="flex flex-col gap-4">
        <input type="hidden" name="intent" value="book" />
        <WhoFor fields={fields} data={data} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field field={fields.notes} label={t("notes")} hint={t("notesHint")} optional>
            {(aria) => (
              <Textarea {...aria} name={fields.notes.name} defaultValue={fields.notes.initialValue} rows={3} />
            )}
          </Field>
          <Field field={fields.internalNotes} label={t("internalNotes")} hint={t("internalNotesHint")} optional>
            {(aria) => (
              <Textarea
                {...aria}
                name={fields.internalNotes.name}
                defaultValue={fields.internalNotes.initialValue}
                rows={3}
                className="bg-note"
              />
            )}
          </Field>
        </div>
        <div className="flex gap-2">
          <Button type="submit" variant="primary" busy={busy} icon={<CalendarCheck size={15} aria-hidden />}>
            {t("book")}
          </Button>
        </div>
      </PostForm>
    </div>
  );
}

function KeptTime({ data: { booking, service } }: { data: BookingData }) {
  const t = useT("appointments");
  const format = useFormat();
  const calendar = useCalendarFormat();
  const now = useNow();
  const { at, until, member } = booking;
  if (!service || !at) return null;
  const name = service.members.find(({ userId }) => userId === member)?.name ?? "";
  const endsAt = at.getTime() + service.durationMinutes * 60_000;
  const over = until !== undefined && until.getTime() <= now;
  return (
    <Banner
      tone={over ? "warn" : "ok"}
      action={
        <Form method="post">
          <Button type="submit" name="intent" value="release" size="sm">
            {t("chooseAnother")}
          </Button>
        </Form>
      }
    >
      <p className="font-semibold">
        <span className="inline-block first-letter:uppercase">{calendar.dayOf(at)}</span>, {format.time(at)}–
        {format.time(endsAt)}
      </p>
      <p>{[service.name, name, service.location].filter(Boolean).join(" · ")}</p>
      <p className="text-xs text-dim">
        {t("zone", { zone: calendar.zone(at) })} ·{" "}
        {over ? t("keptOver") : until ? t("keptUntil", { time: format.time(until) }) : null}
      </p>
    </Banner>
  );
}
