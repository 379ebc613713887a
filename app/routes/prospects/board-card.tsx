import { PhoneForwarded } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { CardBox } from "#app/shell/board/card-box.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { initials } from "#app/ui/avatar.tsx";

import type { ProspectRow } from "./data.ts";
import { FollowUp } from "./follow-up.tsx";
import { statuses, type Status } from "./prospect-words.ts";
import { ScoreMark } from "./score-mark.tsx";
import { useBudget } from "./use-budget.ts";
import type { ProspectMoves } from "./use-prospect-moves.ts";

interface BoardCardProps {
  card: ProspectRow;
  /** The column that it stands in. */
  status: Status;
  moves: ProspectMoves;
  mayMove: boolean;
}

/** A prospect of the board: dragged, taken with Space and moved with the arrows, or moved by its menu. */
export function BoardCard({ card, status, moves, mayMove }: BoardCardProps) {
  const t = useT("prospects");
  const to = useTenantPath();
  const budget = useBudget()(card);
  const about = [card.propertyType, card.place].filter(Boolean).join(" · ");
  return (
    <CardBox
      card={card}
      status={status}
      statuses={statuses.map((one) => ({ status: one, label: t(`status.${one}`) }))}
      moves={moves}
      mayMove={mayMove}
      href={to(`prospects/${card.id}`)}
      title={card.customerName}
      moveLabel={t("moveTo", { name: card.customerName })}
    >
      <p className="text-dim">{card.interest || t("unsaid")}</p>
      {about ? <p className="truncate text-xs text-faint">{about}</p> : null}
      {budget ? <p className="mt-1 text-xs font-medium tabular-nums">{budget}</p> : null}
      {card.nextFollowUpAt ? (
        <p className="mt-1 flex items-center gap-1.5 text-xs text-dim">
          <PhoneForwarded size={12} aria-hidden className="flex-none" />
          <FollowUp at={card.nextFollowUpAt} status={status} />
        </p>
      ) : null}
      <p className="mt-1.5 flex min-h-6 items-center gap-2 text-xs">
        <ScoreMark score={card.score} />
        {card.ownerName ? (
          <span className="avatar ml-auto" role="img" aria-label={card.ownerName} title={card.ownerName}>
            {initials(card.ownerName)}
          </span>
        ) : null}
      </p>
    </CardBox>
  );
}
