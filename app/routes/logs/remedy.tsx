import { useEffect, useRef } from "react";
import { useFetcher } from "react-router";

import type { Dictionary } from "#app/i18n/dictionaries.ts";
import { useT } from "#app/i18n/react.tsx";
import type { Key } from "#app/i18n/translate.ts";
import { SignatureMode } from "#app/routes/settings/channels/signature-mode.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { notify } from "#app/ui/notices.ts";

import type { Reason } from "./log-address.ts";
import type { LogDetail } from "./log-detail.ts";
import type { SignatureFound } from "./signature-explanation.tsx";

interface RemedyProps {
  log: LogDetail;
  signature: SignatureFound | null;
}

/** The next step for an event that did not become work: the very setting, the first delivery, the button that mends it. */
export function Remedy({ log, signature }: RemedyProps) {
  const t = useT("logs");
  const mayMend = useCan("channels.write");
  const { channelId, channelState } = log;
  const isRefused = log.reason === "signature_mismatch" || log.reason === "missing_signature";
  if (!log.reason) return null;
  return (
    <section aria-label={t("fix.title")} className="flex flex-col gap-3 empty:hidden">
      <div className="flex flex-wrap gap-2 empty:hidden">
        {mayMend ? <Mend log={log} signature={signature} /> : null}
        <LookAt log={log} />
      </div>
      {mayMend && isRefused && channelId && channelState ? (
        <SignatureMode channelId={channelId} channelName={log.channelName ?? ""} observes={channelState.observes} />
      ) : null}
    </section>
  );
}

/** Where the channel's settings mend a reason, and what the button there says. */
const settingOf: Partial<Record<Reason, { step: "credentials" | "webhook"; words: Key<Dictionary["logs"]> }>> = {
  signature_mismatch: { step: "credentials", words: "fix.secret" },
  missing_signature: { step: "webhook", words: "fix.signing" },
  verify_token_mismatch: { step: "webhook", words: "fix.token" },
  not_configured: { step: "credentials", words: "fix.setup" },
  malformed: { step: "webhook", words: "fix.address" },
  too_large: { step: "webhook", words: "fix.address" },
};
const wrongAddress = { step: "webhook", words: "fix.address" } as const;

/** Leads to the setting that is at fault; only the one press that resumes a channel is made here. */
function Mend({ log, signature }: RemedyProps) {
  const t = useT("logs");
  const to = useTenantPath();
  const { reason, channelId, channelState } = log;
  if (reason === "unknown_account") {
    return (
      <LinkButton size="sm" to={to(`settings/channels/new?provider=${log.platform}`)}>
        {t("fix.connect")}
      </LinkButton>
    );
  }
  if (!channelId || !channelState || !reason) return null;
  if (reason === "channel_paused") return <Resume channelId={channelId} enabled={channelState.enabled} />;
  const setting = signature?.found === "other_address" ? wrongAddress : settingOf[reason];
  if (!setting || signature?.found === "today") return null;
  const page = (id: string, step: string) => to(`settings/channels/${id}?step=${step}#${step}`);
  return (
    <>
      <LinkButton size="sm" to={page(channelId, setting.step)}>
        {t(setting.words)}
      </LinkButton>
      {signature?.found === "other_channel" ? (
        <LinkButton size="sm" to={page(signature.channelId, "credentials")}>
          {t("fix.channel", { channel: signature.channelName })}
        </LinkButton>
      ) : null}
    </>
  );
}

/** Takes a paused channel up again, from where one sees what it cost. */
function Resume({ channelId, enabled }: { channelId: string; enabled: boolean }) {
  const t = useT("logs");
  const fetcher = useFetcher<{ resumed?: boolean }>();
  const resumed = fetcher.data?.resumed ?? false;
  const said = useRef(false);
  useEffect(() => {
    if (!resumed || said.current) return;
    said.current = true;
    notify({ text: t("fix.resumed") });
  }, [resumed, t]);
  if (enabled) return <p>{t("fix.resumed")}</p>;
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="channel" value={channelId} />
      <Button type="submit" size="sm" name="intent" value="resume" busy={fetcher.state !== "idle"}>
        {t("fix.resume")}
      </Button>
    </fetcher.Form>
  );
}

/** What tells more: the first delivery, the customer, the request, its like. */
function LookAt({ log }: { log: LogDetail }) {
  const t = useT("logs");
  const to = useTenantPath();
  const { reason, channelId, firstId, knownPerson } = log;
  const alike = to(`logs?${new URLSearchParams({ period: "all", channel: channelId ?? "", reason: reason ?? "" })}`);
  return (
    <>
      {reason === "duplicate" && firstId ? (
        <LinkButton size="sm" to={to(`logs/${firstId}?period=all`)}>
          {t("fix.first")}
        </LinkButton>
      ) : null}
      {knownPerson ? (
        <LinkButton size="sm" to={to(`customers/${knownPerson.customerId}`)}>
          {t("fix.customer", { name: knownPerson.name })}
        </LinkButton>
      ) : null}
      {reason === "malformed" || reason === "too_large" || reason === "unsupported_type" || reason === "stale" ? (
        <a className="btn btn-sm" href="#request">
          {t("fix.read")}
        </a>
      ) : null}
      {reason === "waiting_for_message" ? (
        <a className="btn btn-sm" href="#related">
          {t("fix.related")}
        </a>
      ) : channelId && reason !== "duplicate" ? (
        <LinkButton size="sm" to={alike}>
          {t("fix.alike")}
        </LinkButton>
      ) : null}
    </>
  );
}
