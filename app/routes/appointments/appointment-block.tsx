import type { KeyboardEvent } from "react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";

import { statusIcons, statusTones } from "./appointment-words.ts";
import type { Block } from "./columns-of.ts";

interface AppointmentBlockProps {
  block: Block;
  href: string;
  /** Whose it is, where the column does not say. */
  memberName: string | null;
  mayMove: boolean;
  /** It is being moved: what stands here is where it was. */
  isHeld: boolean;
  onKey: (event: KeyboardEvent) => void;
  onBlur: () => void;
}

/** An appointment where it stands in its day: opened by a press, dragged to move, by its lower edge to last longer. */
export function AppointmentBlock({ block, href, memberName, mayMove, isHeld, onKey, onBlur }: AppointmentBlockProps) {
  const t = useT("appointments");
  const format = useFormat();
  const { appointment, top, height, lane } = block;
  const { id, startsAt, endsAt, status, customerName, serviceName } = appointment;
  const movable = mayMove && status === "confirmed";
  const narrow = lane.of > 1 && height >= 1.5;
  const Icon = statusIcons[status];
  const times = `${format.time(startsAt)}–${format.time(endsAt)}`;
  return (
    <div
      data-row=""
      data-block={id}
      data-fixed={movable ? undefined : ""}
      className={cx(
        `calendar-block tone-${statusTones[status]}`,
        movable && "cursor-grab",
        isHeld && "opacity-40",
        height < 1 && "calendar-block-short",
        (narrow || height >= 2) && "calendar-block-wrap",
      )}
      style={{
        top: `calc(${top} * var(--row))`,
        height: `calc(${height} * var(--row) - 1px)`,
        left: `calc(${(lane.lane / lane.of) * 100}% + 2px)`,
        width: `calc(${100 / lane.of}% - 4px)`,
      }}
    >
      <a
        id={`appointment-${id}`}
        href={href}
        draggable={false}
        className="row-link"
        aria-label={[times, customerName, serviceName, memberName, t(`status.${status}`)].filter(Boolean).join(", ")}
        aria-describedby={movable ? "calendar-hint" : undefined}
        onKeyDown={movable ? onKey : undefined}
        onBlur={onBlur}
      >
        {status === "confirmed" ? null : <Icon size={11} aria-hidden className="mr-1 inline text-(--tone)" />}
        <span className="tabular-nums">{format.time(startsAt)}</span> {customerName}
      </a>
      {height >= (narrow ? 2.5 : 1.5) ? <p className="truncate text-2xs text-dim">{serviceName}</p> : null}
      {height >= (narrow ? 4 : 2.5) && memberName ? <p className="truncate text-2xs text-dim">{memberName}</p> : null}
      {movable ? <span data-edge="" aria-hidden className="calendar-edge" /> : null}
    </div>
  );
}
