import { Ellipsis } from "lucide-react";
import type { ReactNode } from "react";

import { cx } from "#app/ui/classes.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu, type MenuEntry } from "#app/ui/menu.tsx";

import type { Card } from "./board-moves.ts";
import { onCardKey } from "./on-card-key.ts";
import type { BoardMoves } from "./use-board-moves.ts";

interface CardBoxProps<Name extends string, One extends Card<Name>> {
  card: One;
  /** The column that it stands in, and those that it may be moved to, in words. */
  status: Name;
  statuses: readonly { status: Name; label: string }[];
  moves: BoardMoves<Name, One>;
  mayMove: boolean;
  href: string;
  title: ReactNode;
  /** Of the menu that moves it. */
  moveLabel: string;
  /** What stands below its title. */
  children: ReactNode;
}

/** A card of a board: dragged, taken with Space and moved with the arrows, or moved by its menu. */
export function CardBox<Name extends string, One extends Card<Name>>(props: CardBoxProps<Name, One>) {
  const { card, status, statuses, moves, mayMove, href, title, moveLabel, children } = props;
  const isHeld = moves.held?.id === card.id;
  const entries = statuses.map((one): MenuEntry => ({
    label: one.label,
    checked: one.status === status,
    onSelect: () => moves.drop(card, one.status),
  }));
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
          href={href}
          draggable={false}
          className="row-link min-w-0 flex-1 break-words"
          aria-describedby={mayMove ? "board-hint" : undefined}
          onKeyDown={mayMove ? (event) => onCardKey(event, card, status, moves) : undefined}
          onBlur={() => (isHeld ? moves.letGo(card, status) : undefined)}
        >
          {title}
        </a>
        {mayMove ? (
          <span className="above -mt-1 -mr-1.5">
            <Menu
              align="end"
              trigger={<IconButton label={moveLabel} icon={<Ellipsis size={14} aria-hidden />} />}
              entries={entries}
            />
          </span>
        ) : null}
      </div>
      {children}
    </li>
  );
}
