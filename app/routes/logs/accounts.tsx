import { Plug } from "lucide-react";
import { Link, useLocation } from "react-router";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { cx } from "#app/ui/classes.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/accounts";
import { AccountRow } from "./account-row.tsx";

const lengths = [7, 30, null] as const;
const dayMs = 86_400_000;

export async function loader({ request, context }: Route.LoaderArgs) {
  const asked = new URL(request.url).searchParams.get("days");
  const days = asked === "all" ? null : (lengths.find((length) => length === Number(asked)) ?? 30);
  const since = days === null ? {} : { since: new Date(Date.now() - (days - 1) * dayMs) };
  return { days, accounts: await context.get(apiContext).webhookLogs.accounts(since) };
}

/** The connected accounts with what came in through each of them: how much, how well and how fast. */
export default function AccountsPage({ loaderData: { days, accounts } }: Route.ComponentProps) {
  const t = useT("logs");
  const to = useTenantPath();
  const { pathname } = useLocation();
  useLive(["webhook_logs"], undefined, { every: 2_000 });
  return (
    <Page
      title={t("accounts")}
      beside={
        <nav aria-label={t("period")} className="flex flex-wrap gap-1.5">
          {lengths.map((length) => (
            <Link
              key={length}
              to={length === 30 ? pathname : `${pathname}?days=${length ?? "all"}`}
              aria-current={length === days ? "page" : undefined}
              className={cx("chip tap", length === days && "chip-on")}
            >
              {length === null ? t("accountsAll") : t("ledgerDays", { count: length })}
            </Link>
          ))}
        </nav>
      }
    >
      <div className="flex flex-col gap-4 px-5 pb-10 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">
          {t("accountsIntro")}{" "}
          <Link to={to("logs")} className="link">
            {t("title")}
          </Link>
        </p>
        {accounts.length > 0 ? (
          <AccountTable accounts={accounts} days={days} />
        ) : (
          <EmptyState
            icon={<Plug size={18} aria-hidden />}
            title={t("accountsEmpty")}
            action={<LinkButton to={to("settings/channels")}>{t("connectChannel")}</LinkButton>}
          >
            {t("accountsEmptyBody")}
          </EmptyState>
        )}
      </div>
    </Page>
  );
}

type Accounts = Route.ComponentProps["loaderData"]["accounts"];

function AccountTable({ accounts, days }: { accounts: Accounts; days: number | null }) {
  const t = useT("logs");
  const format = useFormat();
  const sum = (name: "received" | "processed" | "failed") => accounts.reduce((total, one) => total + one[name], 0);
  return (
    <div className="overflow-x-auto">
      <table className="table table-stack" aria-label={t("accounts")}>
        <thead>
          <tr>
            <th>{t("accounts.account")}</th>
            <th>{t("accounts.state")}</th>
            <th>{t("accounts.last")}</th>
            <th className="text-right">{t("accounts.received")}</th>
            <th className="text-right" title={t("accounts.processedHint")}>
              {t("accounts.processed")}
            </th>
            <th className="text-right" title={t("accounts.failedHint")}>
              {t("accounts.failed")}
            </th>
            <th className="text-right">{t("accounts.mean")}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountRow key={account.channelId} account={account} days={days} />
          ))}
        </tbody>
        <tfoot className="max-sm:hidden">
          <tr className="font-semibold">
            <td colSpan={3}>{t("accounts.total")}</td>
            {(["received", "processed", "failed"] as const).map((name) => (
              <td key={name} className="text-right tabular-nums">
                {format.number(sum(name))}
              </td>
            ))}
            <td aria-label={t("accounts.mean")} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
