import { MonitorX } from "lucide-react";
import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { useFormat } from "#app/i18n/react.tsx";
import { useNow } from "#app/ui/now.tsx";
import { RowAction } from "#app/ui/row-action.tsx";

import { deviceOf } from "./device-of.ts";
import { Section } from "./section.tsx";

interface OpenSession {
  hash: string;
  createdAt: Date;
  userAgent: string | null;
  current: boolean;
}

/** Where one is signed in; each device can be signed out alone, or all of them. */
export function SessionList({ sessions }: { sessions: readonly OpenSession[] }) {
  const t = useT("members");
  const format = useFormat();
  const now = useNow();
  return (
    <Section title={t("sessionsSection")}>
      <ul className="-mt-2 divide-y divide-line border-b border-line">
        {sessions.map((session) => {
          const known = deviceOf(session.userAgent);
          const device = known ? t("device", known) : t("unknownDevice");
          return (
            <li key={session.hash} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <div className="min-w-48 flex-1">
                <p className="flex items-center gap-2 font-medium">
                  {device}
                  {session.current ? <Badge tone="accent">{t("thisBrowser")}</Badge> : null}
                </p>
                <p className="text-xs text-faint">{t("since", { when: format.relative(session.createdAt, now) })}</p>
              </div>
              {session.current ? null : (
                <Form method="post" preventScrollReset>
                  <input type="hidden" name="hash" value={session.hash} />
                  <RowAction
                    intent="end-session"
                    label={`${t("endSessionNamed", { device })}, ${t("since", { when: `${format.date(session.createdAt)} ${format.preciseTime(session.createdAt)}` })}`}
                  >
                    {t("endSession")}
                  </RowAction>
                </Form>
              )}
            </li>
          );
        })}
      </ul>
      <Form method="post" action="/sign-out" className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" name="everywhere" value="1" icon={<MonitorX size={14} aria-hidden />}>
          {t("signOutEverywhere")}
        </Button>
        <span className="text-xs text-faint">{t("signOutEverywhereHint", { count: sessions.length })}</span>
      </Form>
    </Section>
  );
}
