import type { SubmissionResult } from "@conform-to/react";

import { useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";

import { readSlot, slotValue } from "../appointments/booking-address.ts";
import { useOwnZone } from "./own-zone.ts";
import { TimeButton } from "./week-times.tsx";

/** The times that a refusal names in place of one that was taken; null where it is none. */
export function freeInstead(refused: SubmissionResult | undefined) {
  if (!refused?.error?.["startsAt"]?.includes("slot_taken")) return null;
  const named = [refused.error["nextSlots"] ?? []].flat().join(" ");
  return named.split(" ").flatMap((value) => readSlot(value) ?? []);
}

/** A time was taken while somebody wrote: others, each a button of the form around it. */
export function TakenBanner({ slots }: { slots: readonly { startsAt: Date; userId: string }[] }) {
  const t = useT("booking");
  const ownZone = useOwnZone(slots[0]?.startsAt);
  return (
    <Banner tone="bad" role="alert">
      <p>{slots.length > 0 ? t("takenMeanwhile") : t("takenNoOther")}</p>
      {slots.length > 0 ? (
        <div className="mt-2 flex flex-wrap items-center gap-2" role="group" aria-label={t("freeInstead")}>
          {slots.map(({ startsAt, userId }) => (
            <TimeButton
              key={slotValue(startsAt, userId)}
              at={startsAt}
              value={slotValue(startsAt, userId)}
              ownZone={ownZone}
              withDay
            />
          ))}
        </div>
      ) : null}
    </Banner>
  );
}
