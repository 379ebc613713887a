import { Ellipsis } from "lucide-react";
import type { KeyboardEvent } from "react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { initials } from "#app/ui/avatar.tsx";
import { cx } from "#app/ui/classes.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu } from "#app/ui/menu.tsx";
import { useNow } from "#app/ui/now.tsx";

import { beside } from "./board-moves.ts";
import type { TicketRow } from "./queue-rows.ts";
import { dueOf, priorityWords, statuses, type Status } from "./ticket-words.ts";
import type { BoardMoves } from "./use-board-moves.ts";

interface BoardCardProps {
  card: TicketRow;
  /** The column that it stands in. */
  status: Status;
  moves: BoardMoves;
  mayMove: boolean;
}

/** A ticket of the board: dragged, taken with Space and moved with the arrows, or moved by its menu. */
export function BoardCard({ card, status, moves, mayMove }: BoardCardProps) {
  const t = useT("tickets");
  const ui = useT("ui");
  const format = useFormat();
  const now = useNow();
  const to = useTenantPath();
  const due = dueOf(card, now, format, t);
  const isHeld = moves.held?.id === card.id;
  return (
    <li
      data-row=""
      draggable={mayMove}
      data-card={card.id}
      className={cx(
        "row shrink-0 rounded-lg border bg-surface px-3 py-2 shadow-xs",
        mayMove && "cursor-grab active:cursor-grabbing",
        isHeld ? "border-accent outline-2 outline-accent" : "border-line",
      )}
    >
      <div className="flex items-start gap-1">
        <a
          id={`card-${card.id}`}
          href={to(`tickets/${card.number}`)}
          draggable={false}
          className="row-link min-w-0 flex-1 break-words"
          aria-describedby={mayMove ? "board-hint" : undefined}
          onKeyDown={mayMove ? (event) => onKey(event, card, status, moves) : undefined}
          onBlur={() => (isHeld ? moves.letGo(card, status) : undefined)}
        >
          <span className="font-normal text-faint">{`#${card.number}`}</span> {card.subject}
        </a>
        {mayMove ? (
          <span className="above -mt-1 -mr-1.5">
            <Menu
              align="end"
              trigger={
                <IconButton
                  label={t("moveTo", { number: String(card.number) })}
                  icon={<Ellipsis size={14} aria-hidden />}
                />
              }
              entries={statuses.map((value) => ({
                label: t(`status.${value}`),
                checked: value === status,
                onSelect: () => moves.drop(card, value),
              }))}
            />
          </span>
        ) : null}
      </div>
      {card.customerName ? <p className="truncate text-xs text-dim">{card.customerName}</p> : null}
      <p className="mt-1 flex items-center gap-2 text-xs">
        <span className={`prio prio-${card.priority}`}>{ui(priorityWords[card.priority])}</span>
        {due ? <span className={cx("whitespace-nowrap", due.tone)}>{due.text}</span> : null}
        {card.assigneeName ? (
          <span className="avatar ml-auto" role="img" aria-label={card.assigneeName} title={card.assigneeName}>
            {initials(card.assigneeName)}
          </span>
        ) : null}
      </p>
    </li>
  );
}

/** Space takes the card and puts it down, the arrows choose the column meanwhile, Escape lets go. */
function onKey(event: KeyboardEvent, card: TicketRow, status: Status, moves: BoardMoves): void {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const held = moves.held?.id === card.id ? moves.held : null;
  const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
  if (event.key === " ") {
    if (held) moves.drop(card, held.over);
    else moves.take(card, status);
  } else if (held && by !== 0) moves.over(card, beside(moves.columns, held.over, by));
  else if (held && event.key === "Enter") moves.drop(card, held.over);
  else if (held && event.key === "Escape") moves.letGo(card, status);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
