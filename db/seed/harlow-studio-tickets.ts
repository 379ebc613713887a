import type { DemoTicket } from "./shape.ts";

/** What the furniture studio has to do. */
export const harlowStudioTickets: DemoTicket[] = [
  {
    subject: "Order more webbing and horsehair",
    category: "workshop",
    priority: "low",
    status: "open",
    hoursAgo: 60,
  },
  {
    subject: "VAT invoice for the café benches",
    customer: "daniel",
    category: "billing",
    priority: "medium",
    status: "in_progress",
    assignee: "marcus",
    hoursAgo: 28,
  },
  {
    subject: "Refund the second delivery fee",
    customer: "oliver",
    category: "billing",
    priority: "medium",
    status: "closed",
    assignee: "marcus",
    hoursAgo: 260,
    notes: "Refunded to the same card.",
  },
];
