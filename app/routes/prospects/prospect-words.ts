import { CircleCheck, CircleDot, PhoneForwarded, Star, ThumbsDown, XCircle, type LucideIcon } from "lucide-react";

import type { Tone } from "#app/ui/tone.ts";

/** In the order of the board. */
export const statuses = ["new", "follow_up", "qualified", "converted", "not_qualified", "lost"] as const;
export type Status = (typeof statuses)[number];
export const openStatuses = ["new", "follow_up", "qualified"] as const satisfies readonly Status[];
export const isOpen = (status: Status): boolean => openStatuses.some((open) => open === status);

export const statusTones: Record<Status, Tone> = {
  new: "info",
  follow_up: "warn",
  qualified: "accent",
  converted: "ok",
  not_qualified: "neutral",
  lost: "neutral",
};
export const statusIcons: Record<Status, LucideIcon> = {
  new: CircleDot,
  follow_up: PhoneForwarded,
  qualified: Star,
  converted: CircleCheck,
  not_qualified: ThumbsDown,
  lost: XCircle,
};

export const sources = ["manual", "conversation", "call", "voice_agent"] as const;
export type Source = (typeof sources)[number];
export const stages = ["qualified", "appointment", "converted"] as const;
export type Stage = (typeof stages)[number];
