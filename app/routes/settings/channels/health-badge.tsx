import { CircleAlert, CircleCheck, CirclePause, Clock, Construction, MoonStar, TriangleAlert } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";
import type { Tone } from "#app/ui/tone.ts";

export type Health = "setup" | "paused" | "action_needed" | "degraded" | "waiting" | "silent" | "healthy";

const looks: Record<Health, { tone: Tone; Icon: typeof Clock }> = {
  setup: { tone: "info", Icon: Construction },
  paused: { tone: "neutral", Icon: CirclePause },
  action_needed: { tone: "bad", Icon: CircleAlert },
  degraded: { tone: "warn", Icon: TriangleAlert },
  waiting: { tone: "info", Icon: Clock },
  silent: { tone: "warn", Icon: MoonStar },
  healthy: { tone: "ok", Icon: CircleCheck },
};

/** How a channel is doing, in a word. */
export function HealthBadge({ health }: { health: Health }) {
  const t = useT("channels");
  const { tone, Icon } = looks[health];
  return (
    <Badge tone={tone} icon={<Icon size={12} aria-hidden />} title={t(`healthHint.${health}`)}>
      {t(`health.${health}`)}
    </Badge>
  );
}
