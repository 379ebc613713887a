import { useFormat, useT } from "#app/i18n/react.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import type { CustomerDetail } from "./customer.tsx";

/** What the customer amounts to; kept by the database. */
export function CustomerStats({ customer }: { customer: CustomerDetail["customer"] }) {
  const t = useT("customers");
  const format = useFormat();
  const figures = [
    [t("revenue"), format.money(customer.totalRevenueCents, customer.currency)],
    [t("figure.orders", { count: customer.totalOrders }), format.number(customer.totalOrders)],
    [t("figure.conversations", { count: customer.totalConversations }), format.number(customer.totalConversations)],
    [t("figure.messages", { count: customer.totalMessages }), format.number(customer.totalMessages)],
    [t("figure.tickets", { count: customer.totalTickets }), format.number(customer.totalTickets)],
    [
      t("lastContact"),
      customer.lastContactAt ? <RelativeTime key="contact" at={customer.lastContactAt} /> : t("never"),
    ],
  ] as const;
  return (
    <dl aria-label={t("stats")} className="grid grid-cols-3 gap-x-4 gap-y-3 xl:grid-cols-6">
      {figures.map(([name, value]) => (
        <div key={name} className="flex flex-col-reverse justify-end">
          <dt className="text-xs text-faint">{name}</dt>
          <dd className="text-lg font-semibold tracking-[-0.01em] whitespace-nowrap max-sm:text-base">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
