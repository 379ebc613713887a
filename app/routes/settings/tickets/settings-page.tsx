import type { ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Tabs } from "#app/ui/tabs.tsx";

const parts = ["categories", "fields", "templates", "macros"] as const;
type Part = (typeof parts)[number];

interface TicketSettingsProps {
  part: Part;
  /** What the part is for. */
  intro: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** One part of what a business asks of its tickets, with the way to the others. */
export function TicketSettings({ part, intro, actions, children }: TicketSettingsProps) {
  const t = useT("ticketWork");
  const to = useTenantPath();
  return (
    <Page
      title={t("settings")}
      actions={actions}
      header={
        <Tabs
          label={t("settingsParts")}
          tabs={parts.map((one) => ({ to: to(`settings/tickets/${one}`), label: t(`tab.${one}`), on: one === part }))}
        />
      }
    >
      <div className="flex max-w-200 flex-col gap-5 px-5 pt-4 pb-12 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">{intro}</p>
        {children}
      </div>
    </Page>
  );
}
