import type { DemoProspect } from "./shape.ts";

/** Who may order from the studio. */
export const harlowStudioProspects: readonly DemoProspect[] = [
  {
    customer: "freya",
    owner: "priya",
    status: "qualified",
    source: "conversation",
    days: 8,
    interest: "Dining table to order",
    propertyType: "House",
    place: "Hackney",
    budget: [120_000, 180_000],
    followUpInHours: 30,
  },
  {
    customer: "leo",
    owner: "tom",
    status: "new",
    source: "voice_agent",
    days: 2,
    interest: "Two armchairs reupholstered",
    budget: [null, 70_000],
    said: "Wants to keep the springs; velvet, dark green.",
  },
];
