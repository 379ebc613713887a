import type { DemoThread } from "./shape.ts";

/** What reached the workshop by Instagram, by mail and over the phone. */
export const atelierLumenOtherThreads: DemoThread[] = [
  {
    customer: "jade",
    channel: "instagram",
    hoursAgo: 0.8,
    unread: 1,
    lines: [
      ["<", "Cette suspension est superbe ! Elle existe en vert sauge ?", 0, { story: "reply" }],
      [">", "Merci Jade ! Oui, le verre se teinte à la demande, comptez trois semaines.", 12, { reaction: "❤️" }],
      ["<", "Et pour une hauteur sous plafond de 2,40 m, cela passe ?", 25],
    ],
  },
  {
    customer: "paul",
    channel: "instagram",
    hoursAgo: 29,
    assignee: "theo",
    status: "resolved",
    lines: [
      ["<", "Accrochée hier soir, regardez !", 0, { file: "pendant" }],
      [">", "Quelle allure ! Pouvons-nous la montrer dans notre story ?", 18],
      ["<", "Avec plaisir", 6],
    ],
  },
  {
    customer: "bruno",
    channel: "email",
    subject: "Devis pour les 28 liseuses du deuxième étage",
    hoursAgo: 1.7,
    assignee: "camille",
    unread: 1,
    lines: [
      [
        ">",
        "Bonjour Bruno,\n\nVoici le devis pour les 28 liseuses du deuxième étage, avec le délai de cinq semaines dont nous avons parlé. Il est valable jusqu’à vendredi.\n\nBien à vous,\nCamille Roux",
        0,
        { file: "quote" },
      ],
      [
        "<",
        "Bonjour Camille,\n\nBien reçu, merci. Le prix nous convient. Deux questions avant de signer :\n\n- le variateur est-il compris ?\n- pouvez-vous livrer en deux fois, 14 puis 14 ?\n\nBruno",
        95,
        { quotes: true, signature: "Bruno Lacroix\nHôtel des Arcades" },
      ],
    ],
  },
  {
    customer: "laure",
    channel: "email",
    subject: "Taches sur mon applique en laiton",
    hoursAgo: 8.5,
    assignee: "nadia",
    lines: [
      [
        "<",
        "Bonjour,\n\nDes taches vertes sont apparues sur l’applique de l’entrée (photo jointe). Que faut-il faire ?\n\nMerci d’avance,\nLaure Fontaine",
        0,
        { file: "sconce" },
      ],
      [
        ">",
        "Bonjour Laure,\n\nC’est du vert-de-gris, sans gravité : un chiffon doux, un peu de savon noir, puis bien sécher. Si les taches reviennent, apportez-la-nous, nous la revernirons.\n\nNadia",
        74,
      ],
      ["<", "Merci beaucoup, c’est parti au savon noir et il n’en reste rien !\n\nLaure", 210, { quotes: true }],
    ],
  },
  {
    customer: "antoine",
    channel: "phone",
    hoursAgo: 3.4,
    assignee: "nadia",
    lines: [
      [
        "<",
        "📞",
        0,
        { call: { seconds: 0, costCents: 0, sentiment: "neutral", summary: "", turns: [], missed: true } },
      ],
      [
        "<",
        "📞 1:26",
        4,
        {
          call: {
            seconds: 86,
            costCents: 14,
            sentiment: "positive",
            summary:
              "M. Mercier souhaite un devis pour trois appliques dans un couloir et préfère être rappelé après 17 h.",
            turns: [
              ["agent", "Atelier Lumen, bonjour. Que puis-je faire pour vous ?", 1.2],
              ["customer", "Bonjour, êtes-vous encore ouverts ?", 5.4],
              ["tool", "current_time", 8.1],
              ["agent", "Oui, l’atelier est ouvert jusqu’à 19 h. Vous pouvez passer sans rendez-vous.", 9.3],
              ["customer", "Parfait. Il me faudrait aussi un devis pour trois appliques dans un couloir.", 16.8],
              ["agent", "Je note : trois appliques pour un couloir. À quelle heure peut-on vous rappeler ?", 24],
              ["customer", "Après 17 heures, à ce numéro. Antoine Mercier.", 31.5],
              ["agent", "C’est noté, monsieur Mercier. Un collègue vous rappelle aujourd’hui après 17 heures.", 37.9],
              ["customer", "Merci, au revoir.", 81],
            ],
          },
        },
      ],
      ["#", "Rappel prévu à 17 h 15. Préparer le catalogue des appliques étroites.", 16],
    ],
    ticket: {
      subject: "Trois appliques pour un couloir : rappeler après 17 h",
      category: "devis",
      priority: "medium",
      status: "open",
      assignee: "nadia",
    },
  },
];
