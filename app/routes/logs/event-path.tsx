import { Link } from "react-router";

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
  const made = conversationId ?? ticketNumber;
  const unverified = ["signature_mismatch", "missing_signature", "verify_token_mismatch", "not_configured"];
  const signatureFailed = !verified && (log.reason === null || unverified.includes(log.reason));
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
              {t("step.customer", { name: log.customerName ?? log.customerIdentifier ?? "…" })}
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
