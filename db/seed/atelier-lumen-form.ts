import type { DemoTicketForm } from "./shape.ts";

/** What the lighting workshop asks of its tickets. */
export const atelierLumenForm: DemoTicketForm = {
  categories: ["sav", "devis", "commande", "atelier", "pose", "facturation"],
  fields: [
    { name: "Référence du luminaire", type: "text" },
    { name: "Sous garantie", type: "yes_no" },
  ],
  templates: [
    {
      name: "Réparation déposée",
      subject: "Réparation : ",
      description: "Luminaire :\nPanne constatée :\nDéposé par :",
      category: "atelier",
      priority: "medium",
    },
  ],
  macros: [
    {
      name: "Demander une photo",
      status: "waiting_customer",
      assignee: "me",
      reply:
        "Bonjour {{customer.first_name}}, pouvez-vous nous envoyer une photo du luminaire et de son étiquette ? Nous revenons vers vous dès que nous l’avons. {{agent.name}}, {{business.name}}",
    },
    {
      name: "Reprendre au SAV",
      status: "in_progress",
      priority: "high",
      category: "sav",
      assignee: "me",
      note: "Repris par le SAV : vérifier la garantie et le stock de pièces avant de répondre.",
    },
  ],
};
