import type { ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";
import { Languages } from "#app/shell/languages.tsx";

interface DoorProps {
  title: string;
  intro?: ReactNode;
  children?: ReactNode;
  /** Beside the form on a wide window, below it on a phone. */
  aside?: ReactNode;
}

/** The frame of pages for people who are not inside yet: the mark, one thing to do, the language. */
export function Door({ title, intro, children, aside }: DoorProps) {
  const t = useT("auth");
  return (
    <main
      id="main"
      className="mx-auto flex min-h-dvh w-full max-w-90 flex-col px-5 pt-[max(3rem,12vh)] pb-6 data-wide:max-w-205"
      data-wide={aside ? "" : undefined}
    >
      <title>{`${title} · Guichet`}</title>
      <div className={aside ? "grid gap-x-16 gap-y-10 md:grid-cols-[minmax(0,21rem)_minmax(0,1fr)]" : ""}>
        <div>
          <p className="mb-8 flex items-center gap-2 font-semibold">
            <Mark />
            Guichet
          </p>
          <h1 className="text-xl font-semibold tracking-[-0.015em] text-balance">{title}</h1>
          {intro ? <div className="mt-1 text-base text-dim">{intro}</div> : null}
          <div className="mt-6">{children}</div>
        </div>
        {aside}
      </div>
      <Languages label={t("language")} />
    </main>
  );
}

/** A window in a wall: where one is served. */
function Mark() {
  return (
    <svg viewBox="0 0 24 24" className="size-6" aria-hidden>
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <path
        d="M7 15V10.5a5 5 0 0 1 10 0V15M5.5 17.5h13"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}
