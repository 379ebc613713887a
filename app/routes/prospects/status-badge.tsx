import { useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";

import { statusIcons, statusTones, type Status } from "./prospect-words.ts";

/** How a prospect stands, in a word, a drawing and a colour. */
export function StatusBadge({ status }: { status: Status }) {
  const t = useT("prospects");
  const Icon = statusIcons[status];
  return (
    <Badge tone={statusTones[status]} icon={<Icon size={12} aria-hidden />}>
      {t(`status.${status}`)}
    </Badge>
  );
}
