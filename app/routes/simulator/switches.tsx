import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Switch } from "#app/ui/switch.tsx";

import type { Playing } from "./playing.ts";
import { ProviderConsole } from "./provider-console.tsx";

const names = ["duplicate", "delay", "shuffle", "failSends"] as const;

/** How the provider misbehaves, and what it delivered so far. */
export function Switches({ line, view, mine }: Pick<Playing, "line" | "view" | "mine">) {
  const t = useT("simulator");
  const { delivered, retried, dropped } = view.deliveries;
  return (
    <aside aria-label={t("settings")} className="max-lg:px-4 max-lg:pb-8">
      <h2 className="font-semibold lg:mt-1.5">{t("settings")}</h2>
      <p className="text-xs text-faint">{t("settingsHint")}</p>
      <div className="mt-2 divide-y divide-line">
        {names.map((name) => (
          <BehaviourSwitch key={name} name={name} channelId={line.channelId} on={view.switches[name]} />
        ))}
      </div>
      {line.channelType === "sms" ? <p className="mt-3 text-xs text-faint">{t("noRead")}</p> : null}
      <p className="mt-3 text-xs text-faint">
        {[
          t("delivered", { count: delivered }),
          ...(retried > 0 ? [t("retried", { count: retried })] : []),
          ...(dropped > 0 ? [t("dropped", { count: dropped })] : []),
        ].join(" · ")}
      </p>
      <ProviderConsole line={line} view={view} />
      {mine ? (
        <LinkButton to={`/t/${line.tenantSlug}/inbox`} target="_blank" className="mt-4">
          {t("openInbox")}
        </LinkButton>
      ) : null}
    </aside>
  );
}

function BehaviourSwitch({ name, channelId, on }: { name: (typeof names)[number]; channelId: string; on: boolean }) {
  const t = useT("simulator");
  const { submit, formData } = useFetcher();
  const shown = formData ? formData.get("on") === "on" : on;
  return (
    <Switch
      label={t(name)}
      hint={t(`${name}Hint`)}
      checked={shown}
      onChange={(event) =>
        void submit(
          { intent: "behave", channelId, which: name, on: event.target.checked ? "on" : "" },
          { method: "post" },
        )
      }
    />
  );
}
