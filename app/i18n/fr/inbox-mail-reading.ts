/** Reading a mail in its thread; part of `inbox`. */
export const inboxMailReading = {
  "mail.layout": "Mise en page d’origine",
  "mail.plain": "Texte seul",
  "mail.quoted": "Texte cité et signature",
  "mail.quotedOnly": "Texte cité",
  "mail.details": "Détails",
  "mail.from": "De",
  "mail.toLabel": "À",
  "mail.ccLabel": "Copie à",
  "mail.automatic": "Réponse automatique",
  "mail.automaticHint": "Envoyée par un programme : personne n’attend de réponse.",
  "mail.loading": "Ouverture du courriel…",
  "mail.notThere": "Ce courriel n’a pas pu être ouvert. Réessayez.",
  "mail.imagesBlocked_one": "{{count}} image distante n’a pas été chargée : son expéditeur saurait que vous avez lu.",
  "mail.imagesBlocked_other":
    "{{count}} images distantes n’ont pas été chargées : leur expéditeur saurait que vous avez lu.",
  "mail.showImages": "Afficher les images",
} as const;
