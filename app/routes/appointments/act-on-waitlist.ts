import { redirect } from "react-router";

import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

import { instantOf } from "../tickets/due-time.ts";
import { readSlot } from "./booking-address.ts";

interface Asked {
  form: FormData;
  api: Caller;
  timeZone: string;
  /** The page itself. */
  path: string;
}

/** Every change of the waitlist; `intent` names it. Days and hours are by the business's clock. */
export async function actOnWaitlist({ form, api: { waitlist }, timeZone, path }: Asked) {
  return answerForm(form, async (values) => {
    const { intent, entryId = "", userId = "", time = "", slot, serviceId = "", memberId = "" } = values;
    const at = (local: string) => instantOf(local, timeZone) ?? new Date(Number.NaN);
    if (intent === "remove") {
      await waitlist.leave({ entryId });
      return redirect(`${path}?removed=${entryId}`);
    }
    if (intent === "undo") {
      await waitlist.undoLeave({ entryId });
      return redirect(path);
    }
    if (intent === "offer") {
      const chosen = slot ? readSlot(slot) : { userId, startsAt: at(time) };
      if (!chosen) throw new Response(null, { status: 400 });
      const { expiresAt } = await waitlist.offer({ entryId, ...chosen });
      return redirect(`${path}?offered=${expiresAt.getTime()}`);
    }
    if (intent !== "add") throw new Response(null, { status: 400 });
    const { displayName = "", phone, email, from = "", until = "" } = values;
    await waitlist.join({
      serviceId,
      memberId: memberId || null,
      from: at(`${from}T00:00`),
      until: at(`${until}T23:59`),
      customer: { displayName, ...(phone ? { phone } : {}), ...(email ? { email } : {}) },
    });
    return redirect(`${path}?added`);
  });
}
