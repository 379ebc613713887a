import type { ReactNode } from "react";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteLoaderData,
  type ShouldRevalidateFunctionArgs,
} from "react-router";

import type { Route } from "./+types/root";
import "./app.css";
import { pageContext } from "./context.ts";
import { localeOf, themeOf } from "./i18n/negotiate.ts";
import { LanguageProvider } from "./i18n/react.tsx";
import { ErrorPage } from "./shell/error-view.tsx";
import { KeysProvider } from "./shell/keys.tsx";
import { StandingAnswers } from "./shell/standing-answers.tsx";
import { NowProvider } from "./ui/now.tsx";

// In the page itself: one request less.
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%230f766e'/%3E%3Cpath d='M22 12a7 7 0 1 0 .6 5.3h-6.1' fill='none' stroke='%23fff' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

export function loader({ request, context }: Route.LoaderArgs) {
  const { viewer } = context.get(pageContext);
  return {
    locale: localeOf(request, viewer?.locale),
    theme: themeOf(request, viewer?.theme),
    now: Date.now(),
    mac: /Mac|iPhone|iPad/.test(request.headers.get("user-agent") ?? ""),
  };
}

/** Language and theme change with what people do, never because a list was refreshed. */
export function shouldRevalidate({ formMethod }: ShouldRevalidateFunctionArgs): boolean {
  return formMethod !== undefined && formMethod !== "GET";
}

export function Layout({ children }: { children: ReactNode }) {
  // Nothing when the root loader itself has failed.
  const known = useRouteLoaderData<typeof loader>("root");
  const locale = known?.locale ?? "fr";
  const theme = known?.theme ?? "system";
  return (
    <html lang={locale} data-theme={theme === "system" ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0c0a09" />
        <link rel="icon" href={icon} type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        <LanguageProvider locale={locale}>
          <NowProvider initial={known?.now ?? 0}>
            <KeysProvider mac={known?.mac ?? false}>{children}</KeysProvider>
          </NowProvider>
        </LanguageProvider>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function App() {
  return (
    <StandingAnswers>
      <Outlet />
    </StandingAnswers>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ErrorPage error={error} />;
}
