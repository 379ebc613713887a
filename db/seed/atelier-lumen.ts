import { atelierLumenAppointments } from "./atelier-lumen-appointments.ts";
import { atelierLumenProspects } from "./atelier-lumen-prospects.ts";
import { atelierLumenCustomers } from "./atelier-lumen-customers.ts";
import { atelierLumenForm } from "./atelier-lumen-form.ts";
import { atelierLumenOtherThreads } from "./atelier-lumen-other-threads.ts";
import { atelierLumenThreads } from "./atelier-lumen-threads.ts";
import type { DemoBusiness } from "./shape.ts";

/** A lighting workshop in Paris: lamps repaired, made to measure, hung. */
export const atelierLumen: DemoBusiness = {
  name: "Atelier Lumen",
  slug: "atelier-lumen",
  country: "FR",
  timezone: "Europe/Paris",
  locale: "fr",
  currency: "EUR",
  appointments: atelierLumenAppointments,
  prospects: atelierLumenProspects,
  assistant: {
    prompt:
      "Tu réponds au téléphone de l’Atelier Lumen, un atelier de luminaires à Paris. Tu vouvoies et tu fais des phrases courtes. Avant de prendre un rendez-vous, tu redis le jour et l’heure. Tu ne promets jamais de prix : pour un devis, tu notes ce que la personne cherche et tu proposes qu’on la rappelle.",
    greeting: "Atelier Lumen, bonjour. Que puis-je faire pour vous ?",
    language: "fr",
    voice: "",
    functions: [
      "current_time",
      "check_availability",
      "book_appointment",
      "qualify_prospect",
      "create_ticket",
      "find_customer",
    ],
    transferTo: "",
  },
  members: [
    { key: "helene", name: "Hélène Ferrand", email: "helene@atelier-lumen.example", role: "owner" },
    { key: "camille", name: "Camille Roux", email: "camille@atelier-lumen.example", role: "admin" },
    { key: "yanis", name: "Yanis Morel", email: "yanis@atelier-lumen.example", role: "manager" },
    { key: "nadia", name: "Nadia Belkacem", email: "nadia@atelier-lumen.example", role: "agent", capacity: 40 },
    {
      key: "theo",
      name: "Théo Garnier",
      email: "theo@atelier-lumen.example",
      role: "agent",
      capacity: 15,
      absence: { inDays: 9, forDays: 5, substitute: "nadia" },
    },
  ],
  channels: {
    whatsapp: { name: "WhatsApp boutique", provider: "whatsapp", address: "+33199001234", autoTicketRule: "never" },
    sms: { name: "SMS atelier", provider: "twilio", address: "+33199005761", autoTicketRule: "never" },
    instagram: { name: "Instagram", provider: "instagram", address: "@atelier.lumen", autoTicketRule: "never" },
    email: {
      name: "Courriel de l’atelier",
      provider: "email",
      address: "bonjour@atelier-lumen.example",
      autoTicketRule: "never",
      signature: "Atelier Lumen\n14 passage des Étincelles, Paris\n01 99 00 12 34",
    },
    phone: { name: "Standard", provider: "vapi", address: "+33199004410", autoTicketRule: "never" },
  },
  views: [
    {
      area: "tickets",
      owner: "camille",
      name: "WhatsApp pressés",
      query: { view: "open", priority: "urgent,high", channel: "whatsapp", sort: "deadline", direction: "asc" },
      shared: true,
    },
    {
      area: "tickets",
      owner: "nadia",
      name: "Mes devis",
      query: { q: "devis", columns: "customer,status,updated" },
      shared: false,
    },
    {
      area: "calls",
      owner: "yanis",
      name: "Manqués du trimestre",
      query: { only: "missed", days: "90" },
      shared: true,
    },
    {
      area: "prospects",
      owner: "camille",
      name: "Chauds",
      query: { due: "open", score: "50", sort: "score" },
      shared: true,
    },
    {
      area: "appointments",
      owner: "camille",
      name: "Absents",
      query: { period: "past", status: "no_show" },
      shared: true,
    },
    {
      area: "customers",
      owner: "camille",
      name: "VIP par chiffre d’affaires",
      query: { segment: "vip", sort: "revenue" },
      shared: true,
    },
  ],
  labels: [
    { name: "Devis", colour: "blue", customers: ["marc", "amina"] },
    { name: "Réparation", colour: "orange", customers: ["julien", "olivier"] },
    { name: "Professionnel", colour: "purple", customers: ["sophie"] },
  ],
  asleep: "ines",
  rules: [
    {
      name: "Urgences",
      event: "message_received",
      conditions: [{ field: "words", op: "is", values: ["urgen", "en panne", "court-circuit"] }],
      actions: [
        { do: "priority", value: "urgent" },
        { do: "note", value: "{{customer.first_name}} parle d’une urgence : rappeler avant midi." },
        { do: "notify", value: "assignee" },
      ],
    },
    {
      name: "Appels manqués",
      event: "call_missed",
      conditions: [],
      actions: [
        {
          do: "write",
          value: "Bonjour, {{business.name}} : nous avons manqué votre appel et vous rappelons au plus vite.",
        },
        { do: "open_ticket", value: "Rappeler {{customer.name}}" },
      ],
    },
    {
      name: "Merci, nous sommes fermés",
      event: "conversation_opened",
      conditions: [
        { field: "hours", op: "is", values: ["outside"] },
        { field: "channel_type", op: "is", values: ["whatsapp", "sms"] },
      ],
      actions: [
        {
          do: "reply",
          value:
            "Bonjour {{customer.first_name}}, l’atelier est fermé : nous vous répondons dès l’ouverture. {{business.name}}",
        },
      ],
    },
  ],
  teams: [
    {
      name: "Conseil et vente",
      description: "Ceux qui répondent d’abord : demandes, commandes, rendez-vous.",
      assignment: "round_robin",
      members: ["nadia", "yanis", "camille"],
      channels: [{ key: "phone" }, { key: "whatsapp", byHand: true }],
    },
    {
      name: "Réparations",
      description: "Diagnostic, devis et pièces.",
      assignment: "least_loaded",
      members: ["theo", "yanis"],
      channels: [{ key: "sms", byHand: true }],
    },
  ],
  quickReplies: [
    {
      shortcut: "bonjour",
      category: "accueil",
      template: "Bonjour {{customer.first_name}}, merci pour votre message. Nous regardons cela tout de suite.",
    },
    {
      shortcut: "horaires",
      category: "accueil",
      template: "L’atelier est ouvert du mardi au samedi, de 10 h à 19 h. Vous pouvez passer sans rendez-vous.",
    },
    {
      shortcut: "devis",
      category: "devis",
      template: "Pour établir votre devis, pouvez-vous nous envoyer une photo du luminaire et ses dimensions ?",
    },
    {
      shortcut: "pret",
      category: "atelier",
      template:
        "Bonne nouvelle {{customer.first_name}} : votre luminaire est prêt. Vous pouvez venir le chercher dès demain 10 h.",
    },
    {
      shortcut: "livraison",
      category: "livraison",
      template: "Votre livraison est prévue cette semaine. Le livreur vous appellera une demi-heure avant.",
    },
    { shortcut: "merci", category: "accueil", template: "Merci à vous, et à bientôt à l’atelier." },
  ],
  promises: {
    hours: {
      ...Object.fromEntries(
        [1, 2, 3, 4, 5].map((day) => [
          day,
          [
            { from: "09:00", to: "12:30" },
            { from: "14:00", to: "18:30" },
          ],
        ]),
      ),
      6: [{ from: "10:00", to: "17:00" }],
    },
    holidays: [
      { day: "01-01", name: "Jour de l’an" },
      { day: "05-01", name: "Fête du Travail" },
      { day: "12-25", name: "Noël" },
    ],
    policies: [
      {
        name: "Urgences et sinistres",
        priorities: ["urgent", "high"],
        firstResponseMinutes: 60,
        nextResponseMinutes: 60,
        resolutionMinutes: 480,
        warnMinutes: 15,
        escalatePriority: "urgent",
      },
      {
        name: "Toutes les demandes",
        priorities: [],
        firstResponseMinutes: 240,
        nextResponseMinutes: 240,
        resolutionMinutes: 1440,
        warnMinutes: 30,
      },
    ],
  },
  ticketForm: atelierLumenForm,
  customers: atelierLumenCustomers,
  threads: [...atelierLumenThreads, ...atelierLumenOtherThreads],
  tickets: [
    {
      subject: "Inventaire des douilles E14 avant les fêtes",
      category: "atelier",
      priority: "low",
      status: "open",
      hoursAgo: 52,
    },
    {
      subject: "Facture 2026-318 à renvoyer à l’agence",
      customer: "sophie",
      category: "facturation",
      priority: "medium",
      status: "in_progress",
      assignee: "camille",
      hoursAgo: 30,
    },
    {
      subject: "Garantie de l’applique laiton : pièce commandée",
      customer: "hugo",
      category: "sav",
      priority: "medium",
      status: "waiting_customer",
      assignee: "theo",
      hoursAgo: 96,
    },
    {
      subject: "Avoir pour la lampe reprise",
      customer: "yasmine",
      category: "facturation",
      priority: "low",
      status: "closed",
      assignee: "camille",
      hoursAgo: 310,
      notes: "Avoir émis et envoyé.",
    },
  ],
};
