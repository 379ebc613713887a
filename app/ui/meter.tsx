import type { Tone } from "./tone.ts";

interface MeterProps {
  /** 0 to 1. */
  value: number;
  /** What is measured and how much: "12 of 40 replayed". */
  label: string;
  tone?: Tone;
}

export function Meter({ value, label, tone = "accent" }: MeterProps) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={label}
      className={`tone-${tone} h-1.5 w-full overflow-hidden rounded-full bg-neutral-soft`}
    >
      <div className="h-full rounded-full bg-(--tone)" style={{ width: `${percent}%` }} />
    </div>
  );
}
