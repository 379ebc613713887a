import { Form, useNavigate } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { AddressInput, AddressSelect, isHalfTyped } from "#app/ui/address-field.tsx";
import { Button } from "#app/ui/button.tsx";

import { focusFirst } from "../tickets/focus-first.ts";
import { bookingAddress, type Booking } from "./booking-address.ts";
import type { BookingData } from "./new.tsx";
import { OtherTime } from "./other-time.tsx";
import { RefusedTime } from "./refused-time.tsx";
import { SlotPicker } from "./slot-picker.tsx";

interface ChooseTimeProps {
  data: BookingData;
  answer: unknown;
}

/** What for, with whom, and from which day on: then the times that are free. */
export function ChooseTime({ data, answer }: ChooseTimeProps) {
  const t = useT("appointments");
  const { booking, service, slots, today, customer } = data;
  return (
    <div className="flex max-w-3xl flex-col gap-5 px-5 pt-1 pb-12 max-sm:px-4">
      {customer ? <p className="text-dim">{t("forCustomer", { name: customer.name })}</p> : null}
      <RefusedTime
        answer={answer}
        members={service?.members ?? []}
        hidden={{ intent: "hold", serviceId: service?.id ?? "" }}
      />
      <ChoiceForm data={data} />
      {service ? (
        <>
          <Form method="post" className="flex flex-col gap-4">
            <input type="hidden" name="intent" value="hold" />
            <input type="hidden" name="serviceId" value={service.id} />
            <SlotPicker
              slots={slots}
              members={service.members}
              day={booking.day}
              today={today}
              address={(day) => bookingAddress(booking, { day, at: undefined })}
            />
          </Form>
          <OtherTime serviceId={service.id} members={service.members} member={booking.member} at={booking.at} />
        </>
      ) : (
        <p className="text-dim">{t("chooseService")}</p>
      )}
    </div>
  );
}

/** Each choice shows its times at once; without JavaScript a button does. */
function ChoiceForm({ data: { booking, services, service } }: { data: BookingData }) {
  const t = useT("appointments");
  const format = useFormat();
  const navigate = useNavigate();
  const members = service?.members ?? [];
  const change = (form: HTMLFormElement) => {
    const asked = new FormData(form);
    const word = (name: string) => String(asked.get(name) ?? "") || undefined;
    const next: Partial<Booking> = {
      service: word("service"),
      member: word("member"),
      day: word("day") ?? booking.day,
    };
    void navigate(bookingAddress(booking, next), { replace: true, preventScrollReset: true });
  };
  return (
    <Form
      method="get"
      className="grid items-end gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1.5fr)_10rem_auto]"
      onChange={({ currentTarget, target }) => {
        if (!isHalfTyped(target)) change(currentTarget);
      }}
    >
      {[...new URLSearchParams(bookingAddress({ ...booking, service: undefined, member: undefined, day: "" }))].map(
        ([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ),
      )}
      <label className="flex flex-col gap-1 font-medium">
        {t("service")}
        <AddressSelect
          name="service"
          value={service?.id ?? ""}
          required
          className="font-normal"
          ref={service ? undefined : focusFirst}
        >
          {service ? null : <option value="">{t("chooseServiceOption")}</option>}
          {services.map(({ id, name, durationMinutes }) => (
            <option key={id} value={id}>
              {t("serviceOption", { name, length: format.duration(durationMinutes * 60_000) })}
            </option>
          ))}
        </AddressSelect>
      </label>
      <label className="flex flex-col gap-1 font-medium">
        {t("member")}
        <AddressSelect name="member" value={booking.member ?? ""} disabled={!service} className="font-normal">
          <option value="">{t("anyone")}</option>
          {members.map(({ userId, name }) => (
            <option key={userId} value={userId}>
              {name}
            </option>
          ))}
        </AddressSelect>
      </label>
      <label className="flex flex-col gap-1 font-medium">
        {t("fromThisDay")}
        <AddressInput type="date" name="day" value={booking.day} className="font-normal" />
      </label>
      <noscript>
        <Button type="submit">{t("show")}</Button>
      </noscript>
    </Form>
  );
}
