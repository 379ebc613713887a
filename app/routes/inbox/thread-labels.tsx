import { Settings2, Tag } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import type { MenuEntry } from "#app/ui/menu.tsx";
import { Menu } from "#app/ui/menu.tsx";

import type { Detail } from "./data.ts";
import { LabelBadge } from "./label-badge.tsx";

type Act = (fields: Record<string, string>) => void;

/** Puts labels on the conversation and takes them off; L opens it. */
export function LabelMenu({ labels, act }: { labels: Detail["labels"]; act: Act }) {
  const t = useT("inbox");
  const to = useTenantPath();
  const manages = useCan("labels.write");
  const entries: MenuEntry[] = [
    { kind: "label", label: labels.length > 0 ? t("labels") : t("noLabels") },
    ...labels.map(({ id, name, colour, on }) => ({
      label: name,
      icon: <i className={`label-dot label-${colour}`} aria-hidden />,
      checked: on,
      onSelect: () => act({ intent: "label", labelId: id, on: on ? "no" : "yes" }),
    })),
  ];
  if (manages)
    entries.push(
      { kind: "line" },
      { label: t("manageLabels"), icon: <Settings2 size={14} aria-hidden />, to: to("settings/labels") },
    );
  return (
    <Menu
      align="end"
      trigger={
        <IconButton size="sm" shortcut="L" label={t("labels")} icon={<Tag size={16} aria-hidden />} tipSide="bottom" />
      }
      entries={entries}
    />
  );
}

/** What the conversation bears. */
export function ThreadLabels({ labels }: { labels: Detail["labels"] }) {
  const t = useT("inbox");
  const borne = labels.filter(({ on }) => on);
  if (borne.length === 0) return null;
  return (
    <p aria-label={t("labels")} className="flex flex-none flex-wrap gap-1 border-b border-line px-5 py-1.5 max-sm:px-4">
      {borne.map((label) => (
        <LabelBadge key={label.id} label={label} />
      ))}
    </p>
  );
}
