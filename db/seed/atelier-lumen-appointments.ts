import type { DemoAppointments } from "./shape.ts";

const shop = "Atelier Lumen, 14 rue des Tanneurs";
const weekdays = ["1", "2", "3", "4", "5"] as const;
const day = [
  { from: "09:30", to: "12:30" },
  { from: "14:00", to: "18:30" },
];

/** What the shop offers by appointment, and two weeks of it around today. */
export const atelierLumenAppointments: DemoAppointments = {
  page: {
    introFr: "Un conseil, une pose ou une réparation ? Choisissez votre moment, nous vous attendons.",
    introEn: "Advice, fitting or a repair? Choose your time, we look forward to it.",
  },
  services: [
    {
      key: "advice",
      name: "Conseil en boutique",
      description: "Choisir un luminaire sur plans ou sur photos.",
      minutes: 45,
      bufferAfter: 15,
      priceCents: null,
      location: shop,
      members: ["camille", "nadia"],
    },
    {
      key: "fitting",
      name: "Pose à domicile",
      description: "Pose et raccordement, déplacement compris.",
      minutes: 120,
      bufferAfter: 30,
      priceCents: 18_000,
      location: "Chez le client",
      members: ["theo"],
    },
    {
      key: "repair",
      name: "Dépôt pour réparation",
      description: "Diagnostic au comptoir, devis sous deux jours.",
      minutes: 20,
      bufferAfter: 10,
      priceCents: 2_500,
      location: shop,
      members: ["nadia", "theo"],
    },
  ],
  hours: {
    camille: Object.fromEntries(weekdays.map((weekday) => [weekday, day])),
    nadia: {
      ...Object.fromEntries(weekdays.slice(1).map((weekday) => [weekday, day])),
      "6": [{ from: "10:00", to: "17:00" }],
    },
    theo: Object.fromEntries(weekdays.map((weekday) => [weekday, [{ from: "08:00", to: "16:30" }]])),
  },
  timeOff: [{ member: "camille", day: 10, days: 1, reason: "Salon du luminaire" }],
  booked: [
    { day: 0, at: "10:00", service: "advice", member: "camille", customer: "sophie" },
    { day: 0, at: "08:30", service: "fitting", member: "theo", customer: "marc" },
    { day: 1, at: "14:30", service: "advice", member: "nadia", customer: "leila", missed: true },
    { day: 1, at: "11:00", service: "repair", member: "theo", customer: "karim" },
    {
      day: 2,
      at: "09:30",
      service: "advice",
      member: "camille",
      customer: "julien",
      notes: "Apporte le plan du salon.",
    },
    { day: 2, at: "13:00", service: "fitting", member: "theo", customer: "claire" },
    { day: 3, at: "16:00", service: "advice", member: "nadia", customer: "pauline" },
    { day: 3, at: "10:00", service: "repair", member: "nadia", customer: "olivier" },
    { day: 4, at: "09:00", service: "fitting", member: "theo", customer: "ines" },
    { day: 4, at: "15:00", service: "advice", member: "camille", customer: "bruno" },
    { day: 7, at: "10:30", service: "advice", member: "camille", customer: "yasmine", sure: true },
    {
      day: 7,
      at: "08:30",
      service: "fitting",
      member: "theo",
      customer: "thomas",
      notes: "Troisième étage, sans ascenseur.",
    },
    { day: 8, at: "09:30", service: "repair", member: "nadia", customer: "elise" },
    { day: 8, at: "14:00", service: "advice", member: "camille", customer: "gabriel", sure: true },
    { day: 9, at: "11:00", service: "advice", member: "nadia", customer: "manon" },
    { day: 9, at: "13:30", service: "fitting", member: "theo", customer: "hugo" },
    { day: 10, at: "15:30", service: "advice", member: "nadia", customer: "amina" },
    { day: 11, at: "09:00", service: "repair", member: "theo", customer: "laure" },
    { day: 11, at: "16:00", service: "advice", member: "camille", customer: "denis" },
  ],
  waiting: [
    { customer: "sophie", service: "advice", member: "camille", from: 7, until: 12 },
    { customer: "karim", service: "fitting", member: null, from: 8, until: 20 },
  ],
};
