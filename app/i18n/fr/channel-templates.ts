/** Approved messages of a channel, and the provider's look at its address; part of `channels`. */
export const channelTemplates = {
  "verification.none": "Le fournisseur n’a pas encore vérifié cette adresse.",
  "verification.accepted": "Adresse vérifiée par le fournisseur.",
  "verification.refused":
    "Le fournisseur a présenté un autre jeton de vérification que celui-ci. Affichez-le, recopiez-le chez lui, puis vérifiez à nouveau.",
  messageTemplates: "Modèles",
  templatesIntro:
    "Messages que le fournisseur approuve d’avance : les seuls permis quand le client n’a pas écrit depuis plus de 24 h. Ils se créent chez lui et se lisent ici.",
  templatesNone: "Aucun modèle n’a encore été lu.",
  templatesSync: "Relire la liste",
  templatesSynced: "Lue",
  templatesMore: "Voir les modèles suivants",
  templatesFirst: "Revenir au début",
  "template.status.approved": "Approuvé",
  "template.status.pending": "En examen",
  "template.status.rejected": "Rejeté",
  "template.status.paused": "Suspendu",
  "template.status.disabled": "Désactivé",
  "template.quality.yellow": "Qualité moyenne",
  "template.quality.red": "Qualité faible",
  templateOff: "Ne plus proposer",
  templateOn: "Proposer",
  templateHidden: "Non proposé à l’équipe",
  templateUsed_one: "envoyé {{count}} fois",
  templateUsed_other: "envoyé {{count}} fois",
  "template.why.rejected": "Le fournisseur l’a rejeté. Corrigez-le chez lui et soumettez-le à nouveau.",
  "template.why.paused":
    "Trop de clients l’ont mal reçu : le fournisseur le suspend pour un temps. Revoyez son texte ou à qui vous l’envoyez.",
  "template.why.disabled": "Le fournisseur l’a retiré : il ne peut plus être envoyé.",
  "template.why.INVALID_FORMAT":
    "Format incorrect : les variables doivent être entourées de texte, et ne pas se suivre ni commencer ou finir le message.",
  "template.why.INCORRECT_CATEGORY":
    "Mauvaise catégorie : une offre ou une relance est du marketing. Changez la catégorie, ou le texte.",
  "template.why.TAG_CONTENT_MISMATCH": "Le texte ne correspond pas à la langue ou à la catégorie annoncée.",
  "template.why.PROMOTIONAL": "Le texte fait de la promotion, ce que sa catégorie ne permet pas.",
  "template.why.ABUSIVE_CONTENT": "Le texte est jugé menaçant ou injurieux.",
  "template.why.SCAM": "Le texte est jugé trompeur. Retirez ce qui peut ressembler à une arnaque.",
} as const;
