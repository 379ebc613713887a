/** Tones of scores: by their number too, never by colour alone. */
const tones = ["bad", "bad", "warn", "ok", "ok"] as const;

/** A score as lists and timelines show it: "4/5". */
export function ScoreMark({ score }: { score: number }) {
  return <span className={`badge tone-${tones[score - 1] ?? "info"} tabular-nums`}>{score}/5</span>;
}
