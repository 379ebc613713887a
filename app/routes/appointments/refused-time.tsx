import { Form } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";

import type { FreeSlot } from "./data.ts";
import { SlotButtons } from "./slot-picker.tsx";

/** Why a time was refused, and what is free instead. */
export interface RefusedTimeAnswer {
  refused: { reason: string; slots: FreeSlot[] };
}

interface RefusedTimeProps {
  /** What the action answered; nothing is shown unless it is a refused time. */
  answer: unknown;
  members: readonly { userId: string; name: string }[];
  /** What a press of one of them says beside `slot`. */
  hidden: Readonly<Record<string, string>>;
}

export function RefusedTime({ answer, members, hidden }: RefusedTimeProps) {
  const t = useT("appointments");
  const errorText = useErrorText();
  if (typeof answer !== "object" || answer === null || !("refused" in answer)) return null;
  const { reason, slots } = (answer as RefusedTimeAnswer).refused;
  return (
    <Banner tone="bad" role="alert">
      <p>{errorText(reason)}</p>
      {slots.length > 0 ? (
        <Form method="post" className="mt-1.5 flex flex-wrap items-center gap-1.5">
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {t("freeInstead")}
          <SlotButtons slots={slots} members={members} withDay />
        </Form>
      ) : null}
    </Banner>
  );
}
