import type { DemoTicketForm } from "./shape.ts";

/** What the furniture makers ask of their tickets. */
export const harlowStudioForm: DemoTicketForm = {
  categories: ["repair", "order", "quote", "complaint", "workshop", "billing"],
  fields: [
    { name: "Piece", type: "text" },
    { name: "Timber", type: "choice", choices: ["Oak", "Ash", "Walnut"] },
  ],
  templates: [
    {
      name: "Repair brought in",
      subject: "Repair: ",
      description: "Piece:\nWhat is broken:\nBrought in by:",
      category: "repair",
      priority: "medium",
    },
  ],
  macros: [
    {
      name: "Ask for a picture",
      status: "waiting_customer",
      assignee: "me",
      reply:
        "Hello {{customer.first_name}}, could you send us a picture of the piece and of the damage? We will be back to you as soon as we have it. {{agent.name}}, {{business.name}}",
    },
    {
      name: "Take into the workshop",
      status: "in_progress",
      priority: "high",
      category: "repair",
      assignee: "me",
      note: "Taken into the workshop: check the timber in stock before answering.",
    },
  ],
};
