import { useFormat, useT } from "#app/i18n/react.tsx";
import { StatusDot } from "#app/ui/status-dot.tsx";
import type { Tone } from "#app/ui/tone.ts";

export type Presence = "online" | "away" | "offline";

const tones = { online: "ok", away: "warn", offline: "neutral" } as const satisfies Record<Presence, Tone>;

interface PresenceDotProps {
  presence: Presence;
  /** Until when they are out of the office. */
  absentUntil?: Date | null;
  /** Only the dot; the word is for readers. */
  quiet?: boolean;
}

/** Whether a colleague is there: a dot and its word. */
export function PresenceDot({ presence, absentUntil = null, quiet = false }: PresenceDotProps) {
  const words = usePresenceWords();
  return (
    <StatusDot tone={absentUntil ? "wait" : tones[presence]} quiet={quiet}>
      {words({ presence, absentUntil })}
    </StatusDot>
  );
}

/** The same in words alone, for lists that hold nothing but text. */
export function usePresenceWords(): (of: { presence: Presence; absentUntil?: Date | null }) => string {
  const t = useT("together");
  const format = useFormat();
  return ({ presence, absentUntil = null }) =>
    // The last day is the one before the moment at which they are back.
    absentUntil
      ? t("absentUntil", { date: format.date(new Date(absentUntil.getTime() - 1)) })
      : t(`presence.${presence}`);
}
