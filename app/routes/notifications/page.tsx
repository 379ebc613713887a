import {
  AtSign,
  BellRing,
  Clock,
  Eye,
  Frown,
  MessageCircle,
  PhoneForwarded,
  UserRoundCheck,
  Workflow,
} from "lucide-react";
import { Form, Link, redirect } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useShell, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import type { Route } from "./+types/page";
import { linkOf, type Notification } from "./link-of.ts";

export async function loader({ request, context }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get("cursor");
  const page = await context.get(apiContext).notifications.list({ cursor });
  return { ...page, first: cursor === null };
}

/** One was opened, or all of them are known. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const form = await request.formData();
  const notificationId = form.get("notificationId");
  await context.get(apiContext).notifications.see({ notificationId: notificationId ? String(notificationId) : null });
  const to = String(form.get("to") ?? "");
  // Only ever below the tenant's own address.
  return /^(?:(?:inbox|prospects)\/[0-9a-f-]{36}|tickets\/\d+)$/.test(to)
    ? redirect(`/t/${params.tenant}/${to}`)
    : null;
}

/** What happened that concerns one, newest first. */
export default function Notifications({ loaderData: { rows, nextCursor, first } }: Route.ComponentProps) {
  const t = useT("notifications");
  const to = useTenantPath();
  const { counts, member } = useShell();
  useLive(["notifications"], [member.userId]);
  return (
    <Page
      title={t("title")}
      actions={
        <>
          {counts.notifications > 0 ? (
            <Form method="post">
              <Button type="submit" size="sm">
                {t("seeAll")}
              </Button>
            </Form>
          ) : null}
          <Link to={to("settings/notifications")} className="link">
            {t("settings")}
          </Link>
        </>
      }
    >
      <div className="max-w-200 px-5 pb-12 max-sm:px-4">
        {rows.length === 0 ? (
          <EmptyState icon={<BellRing size={18} aria-hidden />} title={t("none")}>
            {t("noneBody")}
          </EmptyState>
        ) : (
          <ul aria-label={t("title")} className="border-t border-line">
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        )}
        <Pagination
          previous={first ? null : to("notifications")}
          next={nextCursor ? `?${new URLSearchParams({ cursor: nextCursor })}` : null}
        />
      </div>
    </Page>
  );
}

const icons = {
  mentioned: AtSign,
  assigned: UserRoundCheck,
  answered: MessageCircle,
  ticket_changed: Eye,
  deadline_missed: Clock,
  rule: Workflow,
  low_score: Frown,
  follow_up_due: PhoneForwarded,
};

function Row({ row }: { row: Notification }) {
  const t = useT("notifications");
  const { kind, actor, seen, title, number, subject, times } = row;
  const Icon = icons[kind];
  const where =
    title === null ? t("gone") : subject === "ticket" ? t("ticket", { number: number ?? 0, subject: title }) : title;
  return (
    <li className="border-b border-line">
      <Form method="post">
        <input type="hidden" name="notificationId" value={row.id} />
        <input type="hidden" name="to" value={linkOf(row)} />
        <button
          type="submit"
          className="flex w-full items-center gap-3 py-2.5 text-left hover:bg-hover focus-visible:bg-active"
        >
          <Icon size={16} aria-hidden className={seen ? "flex-none text-faint" : "flex-none text-accent"} />
          <span className="min-w-0 flex-1">
            <span className={cx("block", !seen && "font-semibold")}>
              {t(`kind.${kind}`, { name: actor ?? "Guichet" })}
              {times > 1 ? <span className="font-normal text-faint"> · {t("times", { count: times })}</span> : null}
            </span>
            <span className="block truncate text-dim">{where}</span>
          </span>
          {seen ? null : (
            <span className="size-2 flex-none rounded-full bg-accent">
              <span className="sr-only">{t("unseen")}</span>
            </span>
          )}
          <span className="flex-none text-xs text-faint">
            <RelativeTime at={row.happenedAt} style="day" />
          </span>
        </button>
      </Form>
    </li>
  );
}
