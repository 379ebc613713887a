import { data, redirect } from "react-router";

import { apiContext, pageContext } from "../context.ts";
import { isLocale, isTheme } from "../i18n/locales.ts";
import { preferenceCookie } from "../i18n/negotiate.ts";
import { ownPath } from "./auth/safe-next.ts";
import type { Route } from "./+types/preferences";

/** Remembers a language or a theme: in the browser, and for a member wherever they sign in. */
export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const locale = form.get("locale");
  const theme = form.get("theme");
  const headers = new Headers();
  if (isLocale(locale)) headers.append("set-cookie", preferenceCookie("locale", locale));
  if (isTheme(theme)) headers.append("set-cookie", preferenceCookie("theme", theme));
  if (context.get(pageContext).viewer) {
    const chosen = { ...(isLocale(locale) ? { locale } : {}), ...(isTheme(theme) ? { theme } : {}) };
    await context.get(apiContext).profile.choose(chosen);
  }
  const back = form.get("back");
  return typeof back === "string" ? redirect(ownPath(back), { headers }) : data(null, { headers });
}

export const loader = () => redirect("/");
