export const locales = ["fr", "en"] as const;
export type Locale = (typeof locales)[number];

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);
export const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme);
