import { isLocale, isTheme, type Locale, type Theme } from "./locales.ts";

/**
 * The language of a request: the member's own choice, else the `locale` cookie, else the best match of
 * Accept-Language (RFC 9110 §12.5.4, by weight), else French.
 */
export function localeOf(request: Request, chosen: string | null | undefined): Locale {
  if (isLocale(chosen)) return chosen;
  const cookie = cookieOf(request, "locale");
  if (isLocale(cookie)) return cookie;
  return accepted(request.headers.get("accept-language") ?? "") ?? "fr";
}

/** The theme of a request: the member's own choice, else the `theme` cookie, else the system's. */
export function themeOf(request: Request, chosen: string | null | undefined): Theme {
  if (isTheme(chosen)) return chosen;
  const cookie = cookieOf(request, "theme");
  return isTheme(cookie) ? cookie : "system";
}

/** A cookie that lasts a year and that scripts need not read. */
export function preferenceCookie(name: "locale" | "theme", value: string): string {
  return `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`;
}

function cookieOf(request: Request, name: string): string | undefined {
  const cookies = request.headers.get("cookie") ?? "";
  return cookies.match(new RegExp(`(?:^|;\\s*)${name}=([^;]*)`))?.[1];
}

function accepted(header: string): Locale | undefined {
  return header
    .split(",")
    .map((part) => {
      const [tag = "", ...params] = part.trim().split(";");
      const weight = params.find((param) => param.trim().startsWith("q="));
      return {
        language: tag.slice(0, 2).toLowerCase(),
        q: weight ? Number(weight.trim().slice(2)) : 1,
      };
    })
    .filter(({ q }) => q > 0)
    .toSorted((a, b) => b.q - a.q)
    .map(({ language }) => language)
    .find(isLocale);
}
