import type { SubmissionResult } from "@conform-to/react";
import { Form, useNavigation } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import { SlotPicker } from "./slot-picker.tsx";
import { TimeFields } from "./time-fields.tsx";
import { waitlistAddress } from "./waitlist-address.ts";
import type { WaitlistData } from "./waitlist.tsx";

interface OfferFormProps {
  offering: NonNullable<WaitlistData["offering"]>;
  /** Where the page of the list begins. */
  after: string | undefined;
  refused: SubmissionResult | undefined;
}

/** A free time, or one written by hand, for somebody who waits; it is held for them and written to them. */
export function OfferForm({ offering: { entry, members, slots, day, today }, after, refused }: OfferFormProps) {
  const t = useT("appointmentMessages");
  const words = useT("appointments");
  const errorText = useErrorText();
  const { state } = useNavigation();
  const title = t("offerTimeTo", { name: entry.customerName });
  const errors = [refused?.error?.[""], refused?.error?.["startsAt"], refused?.error?.["userId"]].flatMap(
    (one) => one ?? [],
  );
  const hidden = (
    <>
      <input type="hidden" name="intent" value="offer" />
      <input type="hidden" name="entryId" value={entry.id} />
    </>
  );
  return (
    <section aria-label={title} className="flex flex-col gap-4 rounded-xl bg-sunken px-5 py-4 max-sm:px-4">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="font-semibold">{title}</h2>
        <LinkButton to={waitlistAddress(after)} replace size="sm" variant="quiet">
          {words("keep")}
        </LinkButton>
      </div>
      {errors[0] ? (
        <Banner tone="bad" role="alert">
          {errorText(errors[0], "field")}
        </Banner>
      ) : null}
      <Form method="post" className="flex flex-col gap-4">
        {hidden}
        <SlotPicker
          slots={slots}
          members={members}
          day={day}
          today={today}
          address={(next) => waitlistAddress(after, { offer: entry.id, day: next })}
        />
      </Form>
      <Form method="post" className="flex flex-wrap items-end gap-3 border-t border-line pt-3">
        {hidden}
        <TimeFields
          timeWord={words("otherTime")}
          at={entry.from}
          members={members}
          member={entry.userId ?? undefined}
        />
        <Button type="submit" size="sm" busy={state !== "idle"}>
          {t("offerIt")}
        </Button>
      </Form>
    </section>
  );
}
