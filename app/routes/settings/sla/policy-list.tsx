import { ArrowDown, ArrowUp, Timer } from "lucide-react";
import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import { channels, priorities, priorityWords } from "../../tickets/ticket-words.ts";
import { durationText } from "./duration.ts";
import type { Policy } from "./page.tsx";

interface PolicyListProps {
  policies: readonly Policy[];
  /** The one whose deletion was asked for: it is confirmed first. */
  leaving: string | null;
  colleagues: readonly { userId: string; name: string }[];
}

/** What is promised, in the order in which it is tried; the default comes last. */
export function PolicyList({ policies, leaving, colleagues }: PolicyListProps) {
  const t = useT("sla");
  if (policies.length === 0) {
    return (
      <EmptyState
        icon={<Timer size={18} aria-hidden />}
        title={t("none")}
        action={<LinkButton to="?policy=new">{t("add")}</LinkButton>}
      >
        {t("noneBody")}
      </EmptyState>
    );
  }
  const movable = policies.filter(({ isDefault }) => !isDefault);
  return (
    <ol className="flex flex-col">
      {policies.map((policy) => (
        <li
          key={policy.id}
          className="flex flex-wrap items-start gap-x-4 gap-y-2 border-t border-line py-3 first:border-t-0"
        >
          <div className="min-w-60 flex-1">
            <p className="flex items-center gap-2 font-medium">
              {policy.name}
              {policy.isDefault ? <Badge tone="neutral">{t("default")}</Badge> : null}
            </p>
            <Summary policy={policy} colleagues={colleagues} />
          </div>
          <div className="flex items-center gap-1">
            <Move policy={policy} direction="up" off={policy.isDefault || movable[0] === policy} />
            <Move policy={policy} direction="down" off={policy.isDefault || movable.at(-1) === policy} />
            <LinkButton
              to={`?policy=${policy.id}`}
              size="sm"
              preventScrollReset
              aria-label={t("editNamed", { name: policy.name })}
            >
              {t("edit")}
            </LinkButton>
            <LinkButton
              to={`?delete=${policy.id}`}
              size="sm"
              variant="quiet"
              preventScrollReset
              aria-label={t("removeNamed", { name: policy.name })}
            >
              {t("remove")}
            </LinkButton>
          </div>
          {policy.id === leaving ? <Leaving policy={policy} /> : null}
        </li>
      ))}
    </ol>
  );
}

function Leaving({ policy }: { policy: Policy }) {
  const t = useT("sla");
  return (
    <Banner
      tone="warn"
      className="w-full flex-wrap"
      action={
        <Form method="post" className="flex gap-2">
          <input type="hidden" name="intent" value="delete" />
          <input type="hidden" name="policyId" value={policy.id} />
          <LinkButton to="?" replace size="sm" variant="quiet" preventScrollReset>
            {t("cancel")}
          </LinkButton>
          <Button type="submit" size="sm">
            {t("removeNamed", { name: policy.name })}
          </Button>
        </Form>
      }
    >
      {t("removal", { count: policy.openTickets })}
    </Banner>
  );
}

function Summary({ policy, colleagues }: { policy: Policy; colleagues: PolicyListProps["colleagues"] }) {
  const t = useT("sla");
  const ui = useT("ui");
  const tickets = useT("tickets");
  const conditions = [
    [
      tickets("priority"),
      priorities.filter((one) => policy.priorities.includes(one)).map((one) => ui(priorityWords[one])),
    ],
    [
      tickets("channel"),
      channels.filter((one) => policy.channels.includes(one)).map((one) => tickets(`channel.${one}`)),
    ],
  ] as const;
  const promises = [
    [t("firstResponse"), policy.firstResponseMinutes],
    [t("nextResponse"), policy.nextResponseMinutes],
    [t("resolution"), policy.resolutionMinutes],
  ] as const;
  const handed = colleagues.find(({ userId }) => userId === policy.escalateAssigneeId);
  const escalation = [
    policy.escalatePriority ? t("raises", { priority: ui(priorityWords[policy.escalatePriority]) }) : null,
    handed ? t("hands", { name: handed.name }) : null,
  ].filter((words) => words !== null);
  return (
    <div className="text-xs text-dim">
      <p>
        {policy.isDefault
          ? t("defaultHint")
          : conditions
              .flatMap(([what, some]) => (some.length > 0 ? t("condition", { what, some: some.join(", ") }) : []))
              .join(" · ")}
      </p>
      <p>
        {promises
          .flatMap(([what, minutes]) => (minutes === null ? [] : t("promise", { what, time: durationText(minutes) })))
          .join(" · ")}
      </p>
      {escalation.length > 0 ? <p>{escalation.join(" · ")}</p> : null}
      <p>{t("followers", { count: policy.openTickets })}</p>
    </div>
  );
}

function Move({ policy, direction, off }: { policy: Policy; direction: "up" | "down"; off: boolean }) {
  const t = useT("sla");
  if (off) return <span className="size-8 max-sm:hidden" aria-hidden />;
  const Icon = direction === "up" ? ArrowUp : ArrowDown;
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="intent" value={direction} />
      <input type="hidden" name="policyId" value={policy.id} />
      <IconButton type="submit" label={t(direction, { name: policy.name })} icon={<Icon size={14} aria-hidden />} />
    </Form>
  );
}
