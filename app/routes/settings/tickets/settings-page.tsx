import { Plus } from "lucide-react";
import type { ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";
import { Page } from "#app/shell/page.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Tabs } from "#app/ui/tabs.tsx";

const parts = ["categories", "fields", "templates", "macros"] as const;
type Part = (typeof parts)[number];

interface TicketSettingsProps {
  part: Part;
  /** What the part is for. */
  intro: string;
  /** What a new entry is called, where it has a form of its own at `?new`. */
  add?: string;
  children: ReactNode;
}

/** One part of what a business asks of its tickets, with the way to the others. */
export function TicketSettings({ part, intro, add, children }: TicketSettingsProps) {
  const t = useT("ticketWork");
  const to = useTenantPath();
  const allowed = useCan("tickets.configure");
  return (
    <Page
      title={t("settings")}
      actions={
        allowed && add ? (
          <LinkButton to="?new" variant="primary" icon={<Plus size={15} aria-hidden />}>
            {add}
          </LinkButton>
        ) : null
      }
      header={
        <Tabs
          label={t("settingsParts")}
          tabs={parts.map((one) => ({ to: to(`settings/tickets/${one}`), label: t(`tab.${one}`), on: one === part }))}
        />
      }
    >
      <div className="flex max-w-200 flex-col gap-5 px-5 pt-4 pb-12 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">{intro}</p>
        {allowed ? null : <p className="text-faint">{t("managersOnly")}</p>}
        {children}
      </div>
    </Page>
  );
}
