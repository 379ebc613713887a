import { Link2, RotateCcw, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link, useFetcher, useLocation } from "react-router";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { notify } from "#app/ui/notices.ts";

import { EventAttempts } from "./event-attempts.tsx";
import { EventPath } from "./event-path.tsx";
import { EventRequest } from "./event-request.tsx";
import { Explanation } from "./explanation.tsx";
import type { LogDetail } from "./log-detail.ts";
import { SignatureExplanation, type SignatureFound } from "./signature-explanation.tsx";
import { statusTones, typeWords } from "./log-words.ts";

/** One event beside the list: what became of it and why, its path, attempts and request. */
export function EventDetail({ log, signature }: { log: LogDetail; signature: SignatureFound | null }) {
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
            <Replay log={log} />
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
        <Explanation log={log} />
        {signature ? <SignatureExplanation found={signature} platform={log.platform} /> : null}
      </header>
      <EventPath log={log} />
      <EventAttempts log={log} />
      {log.errorMessage && log.attemptLog.every((attempt) => !attempt.error) ? (
        <p className="font-mono text-xs break-words text-bad">{log.errorMessage}</p>
      ) : null}
      <EventRequest log={log} />
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
      {log.related.length > 0 ? (
        <section>
          <h3 className="mb-1.5 font-semibold">{t("related")}</h3>
          <ul className="divide-y divide-line rounded-lg border border-line">
            {log.related.map((other) => (
              <li key={other.id} className="flex items-center gap-3 px-3 py-1.5">
                <Link to={to(`logs/${other.id}${search}`)} preventScrollReset className="link font-mono text-xs">
                  {format.preciseTime(other.receivedAt)}
                </Link>
                <span className="min-w-0 flex-1 truncate">{typeWords(t, other.type)}</span>
                <Badge tone={statusTones[other.status]}>{t(`status.${other.status}`)}</Badge>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </article>
  );
}

/** Puts the stored event to work again, and says what came of it once it is known. */
function Replay({ log }: { log: LogDetail }) {
  const t = useT("logs");
  const errorText = useErrorText();
  const mayReplay = useCan("logs.replay");
  const fetcher = useFetcher<{ replayed?: { outcome: "replaying" | "unchanged" }; refused?: string }>();
  const said = useRef<unknown>(undefined);
  const waiting = useRef(false);
  const answer = fetcher.data;
  const settled = log.status !== "received";
  const asking = fetcher.state !== "idle";
  useEffect(() => {
    if (asking) return;
    if (answer && said.current !== answer) {
      said.current = answer;
      waiting.current = answer.replayed?.outcome === "replaying";
      if (answer.refused) notify({ text: errorText(answer.refused), tone: "bad" });
      else if (!waiting.current) notify({ text: t("replayed.unchanged") });
    }
    if (!waiting.current || !settled) return;
    waiting.current = false;
    const good = log.status === "processed" || log.status === "duplicate";
    notify({ text: t(`replayed.${log.status}`), tone: good ? "ok" : "info" });
  }, [asking, answer, settled, log.status, errorText, t]);
  if (!mayReplay) return null;
  const busy = asking || log.status === "received";
  return (
    <fetcher.Form method="post">
      <Button type="submit" variant="primary" busy={busy} shortcut="R" icon={<RotateCcw size={14} aria-hidden />}>
        {busy ? t("replaying") : t("replay")}
      </Button>
    </fetcher.Form>
  );
}
