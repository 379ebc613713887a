import { ScrollText } from "lucide-react";
import { Link } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import type { Route } from "./+types/runs";
import type { Choices, Rule } from "./data.ts";
import { oneOf } from "./data.ts";
import { useRuleWords } from "./rule-words.ts";
import { RunSteps, RunSubject } from "./run-steps.tsx";

const outcomes = ["done", "not_matched", "stopped"] as const;
const tones = { done: "ok", not_matched: "neutral", stopped: "warn" } as const;

/** `?outcome=` narrows, `?cursor=` goes back in time. */
export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { automation } = context.get(apiContext);
  const query = new URL(request.url).searchParams;
  const outcome = oneOf(outcomes, query.get("outcome"));
  const cursor = query.get("cursor");
  const [rule, choices, { runs, nextCursor }] = await Promise.all([
    automation.get({ ruleId: params.id }),
    automation.choices(),
    automation.runs({ ruleId: params.id, cursor, ...(outcome ? { outcome } : {}) }),
  ]);
  return { rule, choices, runs, nextCursor, outcome: outcome ?? null, isFirst: cursor === null };
}

type Run = Route.ComponentProps["loaderData"]["runs"][number];

export default function Runs({ loaderData }: Route.ComponentProps) {
  const t = useT("automation");
  const to = useTenantPath();
  useLive(["automation_runs"]);
  const { rule, choices, runs, nextCursor, outcome, isFirst } = loaderData;
  const narrowed: Record<string, string> = outcome ? { outcome } : {};
  return (
    <Page
      title={t("runs", { name: rule.name })}
      actions={
        <LinkButton to={to("settings/automation")} variant="quiet">
          {t("back")}
        </LinkButton>
      }
    >
      <div className="flex max-w-3xl flex-col gap-3 px-5 pb-12 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">{t("runsIntro")}</p>
        <nav aria-label={t("log")} className="flex flex-wrap gap-1">
          {([null, ...outcomes] as const).map((one) => (
            <Link
              key={one ?? "all"}
              to={one ? `?outcome=${one}` : "?"}
              replace
              aria-current={one === outcome ? "page" : undefined}
              className="tap rounded-md px-2 py-1 text-dim hover:bg-hover aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-fg"
            >
              {t(`outcome.${one ?? "all"}`)}
            </Link>
          ))}
        </nav>
        {runs.length === 0 ? (
          <Nothing ruleId={rule.id} narrowed={outcome !== null} />
        ) : (
          <ol className="border-t border-line" aria-label={t("log")}>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} rule={rule} choices={choices} />
            ))}
          </ol>
        )}
        <Pagination
          previous={isFirst ? null : `?${new URLSearchParams(narrowed)}`}
          next={nextCursor ? `?${new URLSearchParams({ ...narrowed, cursor: nextCursor })}` : null}
        />
      </div>
    </Page>
  );
}

function Nothing({ ruleId, narrowed }: { ruleId: string; narrowed: boolean }) {
  const t = useT("automation");
  const to = useTenantPath();
  const next = narrowed ? (
    <LinkButton to="?">{t("showAll")}</LinkButton>
  ) : (
    <LinkButton to={to(`settings/automation/${ruleId}`)} variant="primary">
      {t("tryIt")}
    </LinkButton>
  );
  return (
    <EmptyState icon={<ScrollText size={18} aria-hidden />} title={t(narrowed ? "noneSuch" : "noRuns")} action={next}>
      {t(narrowed ? "noneSuchBody" : "noRunsBody")}
    </EmptyState>
  );
}

function RunRow({ run, rule, choices }: { run: Run; rule: Rule; choices: Choices }) {
  const t = useT("automation");
  const words = useRuleWords(choices);
  const failed = run.failedCondition === null ? null : rule.conditions[run.failedCondition];
  return (
    <li className="flex flex-col gap-1 border-b border-line py-2.5">
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <Badge tone={tones[run.outcome]}>{t(`outcome.${run.outcome}`)}</Badge>
        <RunSubject run={run} at={run.createdAt} />
        <span className="text-xs text-faint">
          <RelativeTime at={run.createdAt} />
          {run.depth > 0 ? ` · ${t("byRule")}` : null}
        </span>
      </p>
      {run.reason ? <p className="text-dim">{words.why(run.reason)}</p> : null}
      {run.failedCondition === null ? null : (
        <p className="text-dim">
          {failed
            ? t("failedCondition", { condition: words.condition(failed) })
            : t("failedGone", { number: run.failedCondition + 1 })}
        </p>
      )}
      {run.outcome === "done" ? <RunSteps steps={run.steps} choices={choices} /> : null}
    </li>
  );
}
