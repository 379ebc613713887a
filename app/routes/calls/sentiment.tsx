import { Annoyed, Frown, Meh, Smile } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";

import type { Call } from "./data.ts";

const faces = { positive: Smile, neutral: Meh, negative: Frown, mixed: Annoyed };
const tones = { positive: "text-ok", neutral: "text-dim", negative: "text-bad", mixed: "text-warn" };

/** How a caller sounded: a face, and the word for it. */
export function Sentiment({ sentiment }: { sentiment: NonNullable<Call["sentiment"]> }) {
  const t = useT("calls");
  const Face = faces[sentiment];
  return (
    <span className="inline-flex items-center gap-1.5 align-middle whitespace-nowrap">
      <Face size={14} className={tones[sentiment]} aria-hidden />
      {t(`sentiment.${sentiment}`)}
    </span>
  );
}
