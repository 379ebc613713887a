import { CalendarSync, MessageSquareCheck } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";

import type { AppointmentDetail } from "./data.ts";

/** What the customer said by themselves of an appointment that is to come: that they want another time, or that they come. */
export function AnswerBadge({ detail }: { detail: AppointmentDetail }) {
  const t = useT("appointmentMessages");
  const { status, moveAskedAt, customerConfirmedAt } = detail;
  if (status !== "confirmed") return null;
  if (moveAskedAt) {
    return (
      <Badge tone="warn" icon={<CalendarSync size={12} aria-hidden />}>
        {t("asksToMove")}
      </Badge>
    );
  }
  return customerConfirmedAt ? (
    <Badge tone="ok" icon={<MessageSquareCheck size={12} aria-hidden />}>
      {t("confirmedByCustomer")}
    </Badge>
  ) : null;
}
