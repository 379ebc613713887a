import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Tabs } from "#app/ui/tabs.tsx";

/** The ways to look at prospects. */
export function ProspectTabs({ on }: { on: "list" | "board" | "figures" }) {
  const t = useT("prospects");
  const to = useTenantPath();
  const counts = useCan("analytics.read");
  return (
    <Tabs
      label={t("views")}
      tabs={[
        { to: to("prospects"), label: t("view.list"), on: on === "list" },
        { to: to("prospects/board"), label: t("view.board"), on: on === "board" },
        ...(counts ? [{ to: to("prospects/figures"), label: t("view.figures"), on: on === "figures" }] : []),
      ]}
    />
  );
}
