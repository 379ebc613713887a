import { CalendarCheck, CalendarSync, CalendarX2, CircleCheck, UserX, type LucideIcon } from "lucide-react";

import type { Tone } from "#app/ui/tone.ts";

export const statuses = ["confirmed", "rescheduled", "cancelled", "completed", "no_show"] as const;
export type Status = (typeof statuses)[number];

export const statusTones: Record<Status, Tone> = {
  confirmed: "info",
  rescheduled: "neutral",
  cancelled: "neutral",
  completed: "ok",
  no_show: "warn",
};
export const statusIcons: Record<Status, LucideIcon> = {
  confirmed: CalendarCheck,
  rescheduled: CalendarSync,
  cancelled: CalendarX2,
  completed: CircleCheck,
  no_show: UserX,
};
