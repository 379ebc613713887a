import { Link2, X } from "lucide-react";
import { Link, useLocation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { notify } from "#app/ui/notices.ts";

import { EventAttempts } from "./event-attempts.tsx";
import { EventPath } from "./event-path.tsx";
import { EventRelated } from "./event-related.tsx";
import { EventRequest } from "./event-request.tsx";
import { Explanation } from "./explanation.tsx";
import type { LogDetail, RelatedEvents } from "./log-detail.ts";
import { Remedy } from "./remedy.tsx";
import { ReplayButton } from "./replay-button.tsx";
import { SignatureExplanation, type SignatureFound } from "./signature-explanation.tsx";
import { statusTones, typeWords } from "./log-words.ts";

interface EventDetailProps {
  log: LogDetail;
  signature: SignatureFound | null;
  related: RelatedEvents;
}

/** One event beside the list: what became of it and why, its path, attempts and request. */
export function EventDetail({ log, signature, related }: EventDetailProps) {
  const t = useT("logs");
  const ui = useT("ui");
  const format = useFormat();
  const to = useTenantPath();
  const { search, pathname } = useLocation();
  const copyLink = async () => {
    await navigator.clipboard.writeText(`${location.origin}${pathname}`);
    notify({ text: ui("copied") });
  };
  return (
    <article aria-label={t("detail")} className="flex min-w-0 flex-col gap-5 px-5 pt-3.5 pb-10 max-sm:px-4">
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <Badge tone={statusTones[log.status]}>{t(`status.${log.status}`)}</Badge>
          <h2 className="font-semibold">{log.reason ? t(`reason.${log.reason}`) : typeWords(t, log.type)}</h2>
          <div className="ml-auto flex items-center gap-2">
            <IconButton
              variant="plain"
              label={t("copyLink")}
              tipSide="bottom"
              icon={<Link2 size={14} aria-hidden />}
              onClick={copyLink}
            />
            {log.erasedAt ? null : <ReplayButton log={log} />}
            <Link
              to={to(`logs${search}`)}
              aria-label={t("close")}
              className={`${buttonClass({ variant: "quiet" })} btn-icon tap`}
              preventScrollReset
            >
              <X size={16} aria-hidden />
            </Link>
          </div>
        </div>
        {log.reason ? <p>{typeWords(t, log.type)}</p> : null}
        {log.erasedAt ? <Banner>{t("erasedBody", { at: format.dateTime(log.erasedAt) })}</Banner> : null}
        <Explanation log={log} />
        {signature ? <SignatureExplanation found={signature} platform={log.platform} /> : null}
        <Remedy log={log} signature={signature} />
      </header>
      <EventPath log={log} />
      <EventAttempts log={log} />
      {log.errorMessage && log.attemptLog.every((attempt) => !attempt.error) ? (
        <p className="font-mono text-xs break-words text-bad">{log.errorMessage}</p>
      ) : null}
      {log.erasedAt ? null : <EventRequest log={log} />}
      <section>
        <h3 className="mb-1.5 font-semibold">{t("facts")}</h3>
        <KeyValues
          rows={[
            [t("fact.receivedAt"), format.full(log.receivedAt)],
            [t("fact.occurredAt"), log.occurredAt ? format.full(log.occurredAt) : null],
            [t("fact.processedAt"), log.processedAt ? format.full(log.processedAt) : null],
            [t("fact.provider"), log.platform],
            [t("fact.account"), log.account],
            [t("fact.identifier"), log.customerIdentifier],
            [t("fact.externalId"), log.externalMessageId],
            [t("fact.id"), log.id],
          ]}
        />
      </section>
      <EventRelated id={log.id} related={related} />
    </article>
  );
}
