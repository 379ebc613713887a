import { useCallback, useEffect, useRef } from "react";
import { useFetcher, useNavigate } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { notify } from "#app/ui/notices.ts";

import type { loader } from "../routes/tickets/deadline-notices.ts";
import { useLiveChange } from "./live.ts";
import { useCan, useTenantPath } from "./shell-data.ts";

/** Says on any page that a promised time of one's own tickets, or of nobody's, comes near or was missed. */
export function DeadlineNotices() {
  const t = useT("tickets");
  const format = useFormat();
  const to = useTenantPath();
  const navigate = useNavigate();
  const allowed = useCan("tickets.read");
  const { load, data } = useFetcher<typeof loader>();
  const said = useRef<typeof data>(undefined);
  const source = to("tickets/deadlines");
  const ask = useCallback(
    (ids: readonly string[]) => {
      if (allowed && ids.length > 0) void load(`${source}?${new URLSearchParams({ ids: ids.join(",") })}`);
    },
    [allowed, load, source],
  );
  useLiveChange("deadlines", ask);
  useEffect(() => {
    if (!data || said.current === data) return;
    said.current = data;
    for (const { number, subject, target, dueAt, missed } of data.notices) {
      const facts = { number, subject, what: t(`sla.${target}`) };
      notify({
        text:
          missed || !dueAt ? t("sla.noticeLate", facts) : t("sla.noticeSoon", { ...facts, when: format.time(dueAt) }),
        tone: missed ? "bad" : "info",
        action: { label: t("sla.look"), run: () => void navigate(to(`tickets/${number}`)) },
      });
    }
  }, [data, t, format, to, navigate]);
  return null;
}
