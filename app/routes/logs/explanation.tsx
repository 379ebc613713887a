import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";

import type { LogDetail } from "./log-detail.ts";

/** Why an event did not become work: in plain words, with who can change that and where. */
export function Explanation({ log }: { log: LogDetail }) {
  const t = useT("logs");
  const to = useTenantPath();
  const mayMend = useCan("channels.write");
  if (!log.reason) return null;
  const channelMatters = [
    "signature_mismatch",
    "missing_signature",
    "verify_token_mismatch",
    "not_configured",
    "channel_paused",
  ];
  const link = !mayMend ? null : log.channelId && channelMatters.includes(log.reason) ? (
    <Link className="link" to={to(`settings/channels/${log.channelId}`)}>
      {t("openChannel")}
    </Link>
  ) : log.reason === "unknown_account" ? (
    <Link className="link" to={to("settings/channels")}>
      {t("openChannels")}
    </Link>
  ) : null;
  return (
    <div className="flex flex-col gap-1 text-dim">
      <p>{t(`why.${log.reason}`)}</p>
      <p>
        {t(`who.${log.reason}`)} {link}
      </p>
    </div>
  );
}
