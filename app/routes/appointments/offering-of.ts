import type { Caller } from "#server/trpc/root.ts";

import { dayAt, dayIn } from "./calendar-address.ts";
import type { WaitlistRow } from "./data.ts";

interface Asked {
  api: Caller;
  entry: WaitlistRow;
  service: { id: string; archived: boolean; members: readonly { userId: string; name: string }[] };
  day: string | null;
  today: string;
  timeZone: string;
}

/** What is free for somebody who waits, with whom they wish, from the first day on which they would come. */
export async function offeringOf({ api, entry, service, day: asked, today, timeZone }: Asked) {
  const wished = dayAt(entry.from.getTime(), timeZone);
  const day = dayIn(asked) ?? (wished < today ? today : wished);
  const userId = service.members.find((member) => member.userId === entry.userId)?.userId;
  const free = service.archived
    ? null
    : await api.scheduling.slots({ serviceId: service.id, userId, from: day, days: 7 });
  return {
    entry,
    members: service.members,
    day,
    today,
    slots: (free?.slots ?? []).map((slot) => ({ ...slot, day: dayAt(slot.startsAt.getTime(), timeZone) })),
  };
}
