import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { Link } from "react-router";

import { Kbd } from "./kbd.tsx";
import type { MenuEntry, MenuProps } from "./menu.tsx";

/** The menu itself; shown at once, because it is loaded when its button is first pressed. */
export default function MenuContent({ trigger, entries, align = "start", side = "bottom" }: MenuProps) {
  const [open, setOpen] = useState(true);
  return (
    <DropdownMenu.Root open={open} onOpenChange={setOpen} modal={false}>
      {/* A shortcut's press is a click without a pointer, which Radix does not hear. */}
      <DropdownMenu.Trigger asChild onClick={({ detail }) => (detail === 0 ? setOpen(true) : undefined)}>
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} side={side} sideOffset={6} collisionPadding={8} loop>
          {entries.map((entry, index) => (
            <Entry key={index} entry={entry} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry.kind === "line") return <DropdownMenu.Separator className="menu-line" />;
  if (entry.kind === "label") return <DropdownMenu.Label className="menu-label">{entry.label}</DropdownMenu.Label>;
  const { icon, label, checked, danger, disabled, shortcut, to, onSelect } = entry;
  const content = (
    <>
      {icon}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
      {checked ? <Check size={14} aria-hidden /> : null}
    </>
  );
  const props = {
    className: danger ? "menu-item menu-danger" : "menu-item",
    disabled: disabled ?? false,
    ...(onSelect ? { onSelect } : {}),
  };
  if (checked !== undefined && to === undefined)
    return (
      <DropdownMenu.CheckboxItem {...props} checked={checked}>
        {content}
      </DropdownMenu.CheckboxItem>
    );
  return (
    <DropdownMenu.Item {...props} asChild={to !== undefined}>
      {to === undefined ? (
        content
      ) : (
        <Link to={to} aria-current={checked || undefined}>
          {content}
        </Link>
      )}
    </DropdownMenu.Item>
  );
}
