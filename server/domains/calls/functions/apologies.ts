type Language = "fr" | "en";

/** What the voice says where there is no answer: short, and never whose fault it is. */
export const apologies = {
  unknown: {
    fr: () => "Je suis désolé, je ne peux pas faire cela.",
    en: () => "I am sorry, I cannot do that.",
  },
  wrong: {
    fr: (fields: readonly string[]) => `Il me manque une information ou elle n'est pas claire : ${fields.join(", ")}.`,
    en: (fields: readonly string[]) => `Some information is missing or unclear: ${fields.join(", ")}.`,
  },
  late: {
    fr: () => "Je suis désolé, cela prend trop de temps. Essayons à nouveau dans un instant.",
    en: () => "I am sorry, this takes too long. Let us try again in a moment.",
  },
  failed: {
    fr: () => "Je suis désolé, je n'y arrive pas pour le moment.",
    en: () => "I am sorry, I cannot do this right now.",
  },
  nobody: {
    fr: () => "Ce numéro n'est pas en service.",
    en: () => "This number is not in service.",
  },
} satisfies Record<string, Record<Language, (fields: readonly string[]) => string>>;
