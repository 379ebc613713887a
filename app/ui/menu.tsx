import { cloneElement, lazy, Suspense, useState, type ReactElement, type ReactNode } from "react";
import type { To } from "react-router";

const load = () => import("./menu-content.lazy.tsx");
const MenuContent = lazy(load);

/** A line of a menu: something to do, somewhere to go, a heading, or a rule between groups. */
export type MenuEntry =
  | { kind: "line" }
  | { kind: "label"; label: ReactNode }
  | {
      kind?: "item";
      label: ReactNode;
      icon?: ReactNode;
      /** One of a group, and whether it is the chosen one. */
      checked?: boolean;
      danger?: boolean;
      disabled?: boolean;
      shortcut?: string;
      to?: To;
      onSelect?: () => void;
    };

export interface MenuProps {
  /** A button; it opens the menu. */
  trigger: ReactElement<TriggerProps>;
  entries: readonly MenuEntry[];
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
}
interface TriggerProps {
  onClick?: () => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
  "aria-haspopup"?: "menu";
  "aria-expanded"?: boolean;
}

/** A list of actions behind a button. Its code is fetched when someone comes near it. */
export function Menu(props: MenuProps) {
  const [opened, setOpened] = useState(false);
  const trigger = cloneElement(props.trigger, {
    onClick: () => setOpened(true),
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    "aria-haspopup": "menu",
    "aria-expanded": false,
  });
  if (!opened) return trigger;
  return (
    <Suspense fallback={trigger}>
      <MenuContent {...props} />
    </Suspense>
  );
}
