import type { ReactNode } from "react";
import { Link } from "react-router";

import { LanguageProvider, useT } from "#app/i18n/react.tsx";
import { Languages } from "#app/shell/languages.tsx";

import type { Business } from "./data.ts";
import { Steps, type Step } from "./steps.tsx";

interface FrameProps {
  business: Pick<Business, "name" | "timezone">;
  /** Where the business's services are; without, its name leads nowhere. */
  home?: string | undefined;
  title: string;
  /** None: this is no step of a booking. */
  step?: Step | undefined;
  children: ReactNode;
}

/** The frame of what customers see: whose page it is, what is asked now, the language. Times inside are the business's. */
export function Frame({ business, home, title, step, children }: FrameProps) {
  const t = useT("booking");
  return (
    <LanguageProvider timeZone={business.timezone}>
      <div className="mx-auto flex min-h-dvh w-full max-w-160 flex-col px-5 pt-[max(2rem,7vh)] pb-6">
        <title>{`${title} · ${business.name}`}</title>
        <header className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
          <p className="font-medium text-dim">
            {home ? (
              <Link to={home} className="hover:text-fg">
                {business.name}
              </Link>
            ) : (
              business.name
            )}
          </p>
          {step ? <Steps step={step} /> : null}
        </header>
        <main id="main" className="flex flex-col gap-5">
          <h1 className="text-xl font-semibold tracking-[-0.015em] text-balance">{title}</h1>
          {children}
        </main>
        <footer className="mt-auto">
          <Languages label={t("language")} />
        </footer>
      </div>
    </LanguageProvider>
  );
}
