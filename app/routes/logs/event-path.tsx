import { Link } from "react-router";

import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Key } from "#app/i18n/translate.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";

import type { LogDetail } from "./log-detail.ts";
import { Step } from "./path-step.tsx";

/** What happened to an event, step by step, with links to what it made. */
export function EventPath({ log }: { log: LogDetail }) {
  const t = useT("logs");
  const format = useFormat();
  const to = useTenantPath();
  const { delivery, channelName, account, status, customerId, conversationId, messageId, ticketNumber } = log;
  const verified = delivery?.verified ?? status !== "rejected";
  const made = conversationId ?? ticketNumber ?? log.callId;
  const unverified = ["signature_mismatch", "missing_signature", "verify_token_mismatch", "not_configured", "stale"];
  const signatureFailed = !verified && (log.reason === null || unverified.includes(log.reason));
  const customerWords = () => {
    const name = log.customerName ?? log.customerIdentifier ?? "…";
    if (!log.matchedBy) return t("step.customer", { name });
    const key = `identity.${log.matchedBy.kind}` as Key<Dictionary["logs"]>;
    const by = t(key) === key ? t("identity.other") : t(key);
    return t(log.matchedBy.isNew ? "step.matchedNew" : "step.matched", { name, by });
  };
  return (
    <section aria-labelledby="event-path">
      <h3 id="event-path" className="sr-only">
        {t("path")}
      </h3>
      <ol className="flex flex-col gap-1.5">
        <Step state="ok" beside={format.preciseTime(log.receivedAt)}>
          {delivery ? t("step.received", { size: format.bytes(delivery.bodyBytes) }) : t("step.receivedOnly")}
        </Step>
        <Step state={channelName ? "ok" : "bad"}>
          {channelName
            ? account
              ? t("step.routed", {
                  channel: channelName,
                  key: account.startsWith("+")
                    ? t("byNumber", { account: format.phone(account) })
                    : t("byId", { account }),
                })
              : t("step.routedPlain", { channel: channelName })
            : t("step.notRouted")}
        </Step>
        {channelName || signatureFailed ? (
          <Step state={signatureFailed ? "bad" : "ok"}>
            {signatureFailed ? t("step.notVerified") : t("step.verified")}
          </Step>
        ) : null}
        {status === "received" || status === "retrying" ? <Step state="wait">{t("step.waiting")}</Step> : null}
        {customerId ? (
          <Step state="ok">
            <Link className="link" to={to(`customers/${customerId}`)}>
              {customerWords()}
            </Link>
          </Step>
        ) : log.knownPerson ? (
          <Step state="none">
            <Link className="link" to={to(`customers/${log.knownPerson.customerId}`)}>
              {t("step.knownPerson", { name: log.knownPerson.name })}
            </Link>
          </Step>
        ) : null}
        {made ? (
          <Step state="ok">
            <span className="mr-1">{t("step.made")}</span>
            <span className="inline-flex flex-wrap gap-x-3">
              {conversationId ? (
                <Link className="link" to={to(`inbox/${conversationId}${messageId ? `#${messageId}` : ""}`)}>
                  {messageId ? t("step.message") : t("step.conversation")}
                </Link>
              ) : null}
              {messageId ? (
                <Link className="link" to={to(`flights/message/${messageId}`)}>
                  {t("flight")}
                </Link>
              ) : null}
              {log.callId ? (
                <Link className="link" to={to(`calls/${log.callId}`)}>
                  {t("step.call")}
                </Link>
              ) : null}
              {log.files.map((file) => (
                <a key={file.id} className="link" href={to(`files/${file.id}`)}>
                  {file.name ?? t("step.file")}
                </a>
              ))}
              {ticketNumber ? (
                <Link className="link" to={to(`tickets/${ticketNumber}`)}>
                  {t("step.ticket", { number: String(ticketNumber) })}
                </Link>
              ) : null}
            </span>
          </Step>
        ) : status !== "received" && status !== "retrying" ? (
          <Step state="none">{t("step.nothing")}</Step>
        ) : null}
      </ol>
    </section>
  );
}
