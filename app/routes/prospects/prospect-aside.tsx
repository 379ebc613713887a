import { useFormat, useT } from "#app/i18n/react.tsx";
import { AsideLink, AsideLinks, DetailAside, MadeBy } from "#app/shell/detail-aside.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";

import type { ProspectDetail } from "./data.ts";
import { StatusBadge } from "./status-badge.tsx";

/** Who it is and who works on it, where it came from, and what else there is of the same customer. */
export function ProspectAside({ detail }: { detail: ProspectDetail }) {
  const t = useT("prospects");
  return (
    <DetailAside label={t("details")} customerId={detail.customerId} customerName={detail.customerName}>
      <KeyValues
        rows={[
          [t("owner"), detail.ownerName ?? t("nobody")],
          [t("source"), t(`source.${detail.source}`)],
          [t("came"), <MadeBy key="came" {...detail} />],
        ]}
      />
      <Links detail={detail} />
    </DetailAside>
  );
}

function Links({ detail: { conversationId, calls, appointments, others, customerId } }: { detail: ProspectDetail }) {
  const t = useT("prospects");
  const shell = useT("appointments");
  const format = useFormat();
  return (
    <>
      <AsideLinks title={t("links")}>
        {conversationId ? <AsideLink path={`inbox/${conversationId}`}>{t("conversation")}</AsideLink> : null}
        {calls.map(({ id, startedAt }) => (
          <AsideLink key={id} path={`calls/${id}`}>
            {t("callOn", { date: format.dateTime(startedAt) })}
          </AsideLink>
        ))}
        <AsideLink path={`prospects?customer=${customerId}`}>{t("allOfCustomer")}</AsideLink>
      </AsideLinks>
      {appointments.length > 0 ? (
        <AsideLinks title={t("appointments")}>
          {appointments.map(({ id, startsAt, serviceName, status }) => (
            <AsideLink key={id} path={`appointments/${id}`} after={shell(`status.${status}`)}>
              {t("appointmentOn", { service: serviceName, date: format.dateTime(startsAt) })}
            </AsideLink>
          ))}
        </AsideLinks>
      ) : null}
      {others.length > 0 ? (
        <AsideLinks title={t("others")}>
          {others.map(({ id, interest, status }) => (
            <AsideLink key={id} path={`prospects/${id}`} after={<StatusBadge status={status} />}>
              {interest || t("unsaid")}
            </AsideLink>
          ))}
        </AsideLinks>
      ) : null}
    </>
  );
}
