import type { Tone } from "#app/ui/tone.ts";

export const segments = ["prospect", "client", "vip", "inactive"] as const;
export type Segment = (typeof segments)[number];
export const segmentTones: Record<Segment, Tone> = { prospect: "info", client: "ok", vip: "wait", inactive: "neutral" };
export const channels = ["whatsapp", "sms", "phone", "email", "instagram"] as const;
export const activities = [
  "message_received",
  "message_sent",
  "email",
  "call",
  "visit",
  "order",
  "note",
  "ticket",
  "appointment",
  "other",
] as const;

/** What the timeline can be narrowed to. */
export const filters = {
  messages: ["message_received", "message_sent", "email"],
  orders: ["order"],
  visits: ["call", "visit", "appointment", "other"],
  tickets: ["ticket"],
  notes: ["note"],
} as const satisfies Record<string, readonly (typeof activities)[number][]>;
export type Filter = keyof typeof filters;
export const filterNames = Object.keys(filters) as Filter[];
