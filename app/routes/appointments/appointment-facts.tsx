import { useFormat, useT } from "#app/i18n/react.tsx";
import { AsideLink, AsideLinks, DetailAside, MadeBy } from "#app/shell/detail-aside.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";

import type { AppointmentDetail } from "./data.ts";

/** Who it is for, what it is, and where it was agreed. */
export function AppointmentFacts({ detail }: { detail: AppointmentDetail }) {
  const t = useT("appointments");
  const format = useFormat();
  const milliseconds = detail.endsAt.getTime() - detail.startsAt.getTime();
  const ways = [detail.customerPhone && format.phone(detail.customerPhone), detail.customerEmail];
  return (
    <DetailAside
      label={t("details")}
      customerId={detail.customerId}
      customerName={detail.customerName}
      contact={ways.filter(Boolean).join(" · ")}
    >
      <KeyValues
        rows={[
          [t("service"), detail.serviceName],
          [t("duration"), format.duration(milliseconds)],
          [t("member"), detail.userName],
          [t("location"), detail.location],
          [t("price"), detail.priceCents === null ? null : format.money(detail.priceCents, detail.currency)],
          [t("source"), t(`source.${detail.source}`)],
          [t("created"), <MadeBy key="created" {...detail} />],
        ]}
      />
      <Links detail={detail} />
    </DetailAside>
  );
}

function Links({ detail }: { detail: AppointmentDetail }) {
  const t = useT("appointments");
  const { conversationId, ticket, callId, rescheduledFromId, rescheduledToId, customerId } = detail;
  return (
    <AsideLinks title={t("links")}>
      {conversationId ? <AsideLink path={`inbox/${conversationId}`}>{t("conversation")}</AsideLink> : null}
      {ticket ? <AsideLink path={`tickets/${ticket.number}`}>{`#${ticket.number} ${ticket.subject}`}</AsideLink> : null}
      {callId ? <AsideLink path={`calls/${callId}`}>{t("call")}</AsideLink> : null}
      {rescheduledFromId ? <AsideLink path={`appointments/${rescheduledFromId}`}>{t("movedFrom")}</AsideLink> : null}
      {rescheduledToId ? <AsideLink path={`appointments/${rescheduledToId}`}>{t("movedTo")}</AsideLink> : null}
      <AsideLink path={`appointments/list?period=all&customer=${customerId}`}>{t("allOfCustomer")}</AsideLink>
    </AsideLinks>
  );
}
