import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { AppointmentData } from "./appointment.tsx";
import { RefusedTime } from "./refused-time.tsx";
import { SlotPicker } from "./slot-picker.tsx";
import { TimeFields } from "./time-fields.tsx";

/** Another time or another member: one of those that are offered, or one written by hand. */
export function MoveForm({ data, answer }: { data: AppointmentData; answer: unknown }) {
  const t = useT("appointments");
  const { detail, members, slots, day, today } = data;
  // Who it is with may not offer the service any more, and may keep it.
  const people = members.some(({ userId }) => userId === detail.userId)
    ? members
    : [{ userId: detail.userId, name: detail.userName }, ...members];
  return (
    <section
      aria-label={t("moveTitle")}
      className="flex flex-col gap-4 rounded-xl bg-sunken px-5 py-4 max-sm:px-4"
      ref={focusFirstTime}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="font-semibold">{t("moveTitle")}</h2>
        <LinkButton to="?" replace size="sm" variant="quiet">
          {t("keep")}
        </LinkButton>
      </div>
      <RefusedTime answer={answer} members={people} hidden={{ intent: "move" }} />
      <Form method="post" className="flex flex-col gap-4">
        <input type="hidden" name="intent" value="move" />
        <SlotPicker slots={slots} members={people} day={day} today={today} address={(next) => `?move&day=${next}`} />
      </Form>
      <Form method="post" className="flex flex-wrap items-end gap-3 border-t border-line pt-3">
        <input type="hidden" name="intent" value="move" />
        <TimeFields timeWord={t("otherTime")} at={detail.startsAt} members={people} member={detail.userId} />
        <Button type="submit" size="sm">
          {t("moveHere")}
        </Button>
      </Form>
    </section>
  );
}

/** Who came to move it goes on at its first free time, or at the week after where there is none. */
function focusFirstTime(section: HTMLElement | null): void {
  const first = (what: string) => section?.querySelector<HTMLElement>(what);
  (first("[name=slot]") ?? first("[aria-keyshortcuts=L]"))?.focus();
}
