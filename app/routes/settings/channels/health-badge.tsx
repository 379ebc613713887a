import { CircleAlert, CircleCheck, CirclePause, Clock, Construction, MoonStar, TriangleAlert } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";
import type { ChannelKind } from "#app/ui/channel-icon.tsx";
import type { Tone } from "#app/ui/tone.ts";

import { wordsByType } from "./words.ts";

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

interface HealthOf {
  health: Health;
  channelType: ChannelKind;
}

/** How a channel is doing, in a word. */
export function HealthBadge({ health, channelType }: HealthOf) {
  const t = useT("channels");
  const hint = useHealthHint();
  const { tone, Icon } = looks[health];
  return (
    <Badge tone={tone} icon={<Icon size={12} aria-hidden />} title={hint({ health, channelType })}>
      {wordsByType(t, `health.${health}`, channelType)}
    </Badge>
  );
}

/** The same in a sentence, with what to do; who calls does not write. */
export function useHealthHint(): (channel: HealthOf) => string {
  const t = useT("channels");
  return ({ health, channelType }) => wordsByType(t, `healthHint.${health}`, channelType);
}
