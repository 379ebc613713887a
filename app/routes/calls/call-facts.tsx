import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { KeyValues } from "#app/ui/key-values.tsx";

import type { Call } from "./data.ts";

/** Who, by which numbers, when, for how long and for how much. */
export function CallFacts({ call }: { call: Call }) {
  const t = useT("calls");
  const ui = useT("ui");
  const format = useFormat();
  const to = useTenantPath();
  const phone = (number: string | null) => (number?.startsWith("+") ? format.phone(number) : number);
  const moment = (at: Date | null) => at && <time dateTime={at.toISOString()}>{format.dateTime(at)}</time>;
  const { customer, channel, durationSeconds, costCents, currency } = call;
  const codes = codesOf(call);
  return (
    <>
      <KeyValues
        rows={[
          [
            t("customer"),
            customer && (
              <Link key="customer" to={to(`customers/${customer.id}`)} className="link">
                {customer.name}
              </Link>
            ),
          ],
          [t("from"), phone(call.fromNumber)],
          [t("to"), phone(call.toNumber)],
          [t("forwardedFrom"), phone(call.forwardedFrom)],
          [t("channel"), channel.name],
          [t("began"), moment(call.startedAt)],
          [t("answered"), moment(call.answeredAt)],
          [t("ended"), moment(call.endedAt)],
          [t("duration"), durationSeconds ? format.duration(durationSeconds * 1000) : null],
          [t("cost"), costCents === null ? null : format.money(costCents, currency)],
        ]}
      />
      {codes.length > 0 ? (
        <details className="mt-3 text-xs">
          <summary className="text-dim">{ui("details")}</summary>
          <dl className="mt-2 flex flex-col gap-1">
            {codes.map(([name, code]) => (
              <div key={name}>
                <dt className="text-faint">{t(name)}</dt>
                <dd className="font-mono break-all">{code}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </>
  );
}

/** What the provider calls things. */
function codesOf({ endedReason, assistantId }: Call): (readonly ["endedReason" | "assistant", string])[] {
  return [
    ...(endedReason && endedReason !== "no_news" ? [["endedReason", endedReason] as const] : []),
    ...(assistantId ? [["assistant", assistantId] as const] : []),
  ];
}
