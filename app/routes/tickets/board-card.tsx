import { useFormat, useT } from "#app/i18n/react.tsx";
import { CardBox } from "#app/shell/board/card-box.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { ViewerMark } from "#app/shell/viewer-line.tsx";
import type { Viewer } from "#app/shell/viewers.ts";
import { initials } from "#app/ui/avatar.tsx";
import { cx } from "#app/ui/classes.ts";
import { useNow } from "#app/ui/now.tsx";

import type { TicketRow } from "./queue-rows.ts";
import type { TicketMoves } from "./use-ticket-moves.ts";
import { dueOf, priorityWords, statuses, type Status } from "./ticket-words.ts";

interface BoardCardProps {
  card: TicketRow;
  /** The column that it stands in. */
  status: Status;
  moves: TicketMoves;
  mayMove: boolean;
  /** Colleagues who look at it. */
  viewers: readonly Viewer[] | undefined;
}

/** A ticket of the board: dragged, taken with Space and moved with the arrows, or moved by its menu. */
export function BoardCard({ card, status, moves, mayMove, viewers }: BoardCardProps) {
  const t = useT("tickets");
  const ui = useT("ui");
  const format = useFormat();
  const now = useNow();
  const to = useTenantPath();
  const due = dueOf(card, now, format, t);
  return (
    <CardBox
      card={card}
      status={status}
      statuses={statuses.map((one) => ({ status: one, label: t(`status.${one}`) }))}
      moves={moves}
      mayMove={mayMove}
      href={to(`tickets/${card.number}`)}
      title={
        <>
          <span className="font-normal text-faint">{`#${card.number}`}</span> {card.subject}
        </>
      }
      moveLabel={t("moveTo", { number: String(card.number) })}
    >
      {card.customerName ? <p className="truncate text-xs text-dim">{card.customerName}</p> : null}
      <p className="mt-1 flex items-center gap-2 text-xs">
        <span className={`prio prio-${card.priority}`}>{ui(priorityWords[card.priority])}</span>
        {due ? <span className={cx("whitespace-nowrap", due.tone)}>{due.text}</span> : null}
        <span className="ml-auto flex">
          <ViewerMark viewers={viewers} />
        </span>
        {card.assigneeName ? (
          <span className="avatar" role="img" aria-label={card.assigneeName} title={card.assigneeName}>
            {initials(card.assigneeName)}
          </span>
        ) : null}
      </p>
    </CardBox>
  );
}
