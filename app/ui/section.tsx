import type { ReactNode } from "react";

/** A part of a page of settings: what it is about, a line that says more, and its forms. */
export function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 border-t border-line pt-5">
      <div>
        <h2 className="font-semibold">{title}</h2>
        {hint ? <p className="text-xs text-faint">{hint}</p> : null}
      </div>
      {children}
    </section>
  );
}
