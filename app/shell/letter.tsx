import type { ReactNode } from "react";

interface LetterProps {
  /** Who writes; empty where that is not known. */
  business: string;
  language: string | undefined;
  title: string;
  children: ReactNode;
}

/** A page for somebody outside, who came by a link that a business sent them. */
export function Letter({ business, language, title, children }: LetterProps) {
  return (
    <main id="main" lang={language} className="mx-auto w-full max-w-120 px-5 pt-[max(2.5rem,10vh)] pb-10">
      <title>{business ? `${title} · ${business}` : title}</title>
      <meta name="robots" content="noindex" />
      {business ? <p className="mb-2 font-medium text-dim">{business}</p> : null}
      <h1 className="mb-6 text-xl font-semibold tracking-[-0.015em] text-balance">{title}</h1>
      {children}
    </main>
  );
}
