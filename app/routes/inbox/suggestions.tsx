import { useId, useState, type KeyboardEvent } from "react";

import { cx } from "#app/ui/classes.ts";

interface Suggestion {
  key: string;
  /** What it is called, and what stands beside it. */
  name: string;
  beside?: string;
}

interface Suggestions<T extends Suggestion> {
  /** null: nothing is asked for. */
  found: readonly T[] | null;
  label: string;
  /** What is said when nothing is found; else the list is closed then. */
  none?: string;
  onChoose: (one: T) => void;
  onDismiss: () => void;
}

/** A list that follows what one types: arrows move, Enter and Tab choose, Escape closes. */
export function useSuggestions<T extends Suggestion>({ found, label, none, onChoose, onDismiss }: Suggestions<T>) {
  const id = useId();
  const [at, setAt] = useState(0);
  const open = found !== null && (found.length > 0 || none !== undefined);
  const list = found ?? [];
  const active = Math.min(at, list.length - 1);
  const chosen = list[active];
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && list.length > 0) setAt((active + step + list.length) % list.length);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.metaKey && !event.ctrlKey && chosen)
      onChoose(chosen);
    else if (event.key === "Escape") onDismiss();
    else return false;
    event.preventDefault();
    return true;
  };
  return {
    onKeyDown,
    aria: open
      ? {
          "aria-autocomplete": "list" as const,
          "aria-haspopup": "listbox" as const,
          "aria-controls": id,
          "aria-activedescendant": chosen ? `${id}-${active}` : undefined,
        }
      : {},
    element: open ? (
      <div className="menu absolute bottom-full left-4 mb-1 w-[min(28rem,calc(100%-2rem))] max-w-none">
        <p className="menu-label">{label}</p>
        <div id={id} role="listbox" aria-label={label}>
          {list.map((one, index) => (
            <div
              key={one.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              data-selected={index === active}
              className="menu-item"
              onPointerDown={(event) => {
                event.preventDefault();
                onChoose(one);
              }}
            >
              <span className={cx("flex-none font-medium", index === active && "text-accent")}>{one.name}</span>
              {one.beside === undefined ? null : <span className="min-w-0 flex-1 truncate text-dim">{one.beside}</span>}
            </div>
          ))}
        </div>
        {list.length === 0 ? <p className="px-2 py-1.5 text-dim">{none}</p> : null}
      </div>
    ) : null,
  } as const;
}
