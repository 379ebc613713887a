/** What callers hear beside the tenant's own greeting. Spoken, so written as one says it. */
export const voiceWords = {
  fr: {
    leaveMessage: "Laissez-nous un message après le bip. Raccrochez quand vous avez terminé.",
    nobody: "Personne ne peut vous répondre pour le moment.",
    closed: "Nous sommes fermés pour le moment.",
    writeToUs: "Vous pouvez nous écrire, nous vous répondrons dès que possible. Au revoir.",
    thanks: "Merci, votre message est bien enregistré. Au revoir.",
  },
  en: {
    leaveMessage: "Please leave a message after the tone. Hang up when you are done.",
    nobody: "Nobody can take your call right now.",
    closed: "We are closed at the moment.",
    writeToUs: "You can write to us, and we will answer as soon as we can. Goodbye.",
    thanks: "Thank you, your message is saved. Goodbye.",
  },
} as const;
