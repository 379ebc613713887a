import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { cx } from "./classes.ts";
import type { Tone } from "./tone.ts";

const icons = { info: Info, warn: TriangleAlert, ok: CircleCheck, bad: CircleAlert } as const;

interface BannerProps {
  tone?: Extract<Tone, keyof typeof icons>;
  /** What the reader can do about it. */
  action?: ReactNode;
  children: ReactNode;
  id?: string | undefined;
  role?: "alert" | "status";
  className?: string;
}

/** Something to know before going on: what happened, who can change it, and where. */
export function Banner({ tone = "info", action, children, className, ...rest }: BannerProps) {
  const Icon = icons[tone];
  return (
    <div
      {...rest}
      className={cx(
        `tone-${tone}`,
        "flex items-start gap-2 rounded-lg bg-(--tone-soft) px-3 py-2 text-fg",
        // On a phone what to do stands under the words, which would be squeezed beside it.
        action ? "max-sm:flex-wrap max-sm:[&>:last-child]:ml-6" : null,
        className,
      )}
    >
      <Icon size={16} aria-hidden className="mt-0.5 text-(--tone)" />
      <div className={cx("min-w-0 flex-1", action ? "max-sm:basis-[calc(100%-2rem)]" : null)}>{children}</div>
      {action}
    </div>
  );
}
