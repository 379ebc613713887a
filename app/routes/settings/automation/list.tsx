import { Plus, Workflow } from "lucide-react";
import { Form, Link, redirect } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { MoveButtons } from "#app/ui/move-buttons.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { RowAction } from "#app/ui/row-action.tsx";

import type { Route } from "./+types/list";
import type { Rule } from "./data.ts";
import { readyRules } from "./ready-rules.ts";
import { RuleSentence } from "./rule-sentence.tsx";

/** `?delete=<id>` asks before a rule goes. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { automation } = context.get(apiContext);
  const [rules, choices] = await Promise.all([automation.list(), automation.choices()]);
  return { rules, choices, leaving: new URL(request.url).searchParams.get("delete") };
}

/** Turns a rule on or off, moves it, or removes it. */
export async function action({ request, context, params }: Route.ActionArgs) {
  const { automation } = context.get(apiContext);
  const form = await request.formData();
  const ruleId = String(form.get("ruleId") ?? "");
  switch (form.get("intent")) {
    case "enable":
    case "disable":
      await automation.enable({ ruleId, enabled: form.get("intent") === "enable" });
      break;
    case "up":
    case "down":
      await automation.move({ ruleId, up: form.get("intent") === "up" });
      break;
    case "remove":
      await automation.delete({ ruleId });
      break;
    default:
      throw new Response(null, { status: 400 });
  }
  return redirect(`/t/${params.tenant}/settings/automation`);
}

export default function Automation({ loaderData: { rules, choices, leaving } }: Route.ComponentProps) {
  const t = useT("automation");
  useLive(["automation", "automation_runs"]);
  return (
    <Page
      title={t("title")}
      actions={
        <LinkButton to="new" variant="primary" icon={<Plus size={15} aria-hidden />}>
          {t("add")}
        </LinkButton>
      }
    >
      <div className="flex max-w-3xl flex-col gap-4 px-5 pb-12 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">{t("intro")}</p>
        <p className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
          <span className="text-faint">{t("ready")}</span>
          {readyRules.map((name) => (
            <Link key={name} to={`new?ready=${name}`} className="link">
              {t(`ready.${name}`)}
            </Link>
          ))}
        </p>
        {rules.length === 0 ? (
          <EmptyState
            icon={<Workflow size={18} aria-hidden />}
            title={t("none")}
            action={<LinkButton to="new">{t("add")}</LinkButton>}
          >
            {t("noneBody")}
          </EmptyState>
        ) : (
          <ol className="border-t border-line" aria-label={t("title")}>
            {rules.map((rule, at) => (
              <li key={rule.id} className="flex flex-col gap-2 border-b border-line py-4">
                <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <Link
                    to={rule.id}
                    className="font-semibold hover:underline"
                    aria-label={t("editNamed", { name: rule.name })}
                  >
                    {rule.name}
                  </Link>
                  <Badge tone={rule.enabled ? "ok" : "neutral"}>{t(rule.enabled ? "on" : "off")}</Badge>
                  <span className="text-xs text-faint">
                    {rule.lastDoneAt ? (
                      <>
                        {t("lastDone")} <RelativeTime at={rule.lastDoneAt} />
                      </>
                    ) : (
                      t("neverDone")
                    )}
                  </span>
                  <RuleControls rule={rule} isFirst={at === 0} isLast={at === rules.length - 1} />
                </div>
                <RuleSentence rule={rule} choices={choices} />
                {leaving === rule.id ? <Leaving rule={rule} /> : null}
              </li>
            ))}
          </ol>
        )}
      </div>
    </Page>
  );
}

function RuleControls({
  rule: { id, name, enabled },
  isFirst,
  isLast,
}: {
  rule: Rule;
  isFirst: boolean;
  isLast: boolean;
}) {
  const t = useT("automation");
  return (
    <Form method="post" preventScrollReset className="ml-auto flex items-center gap-1">
      <input type="hidden" name="ruleId" value={id} />
      <RowAction intent={enabled ? "disable" : "enable"} label={t(enabled ? "disableNamed" : "enableNamed", { name })}>
        {t(enabled ? "disable" : "enable")}
      </RowAction>
      <LinkButton size="sm" to={`${id}/runs`} aria-label={t("runsNamed", { name })}>
        {t("log")}
      </LinkButton>
      <MoveButtons first={isFirst} last={isLast} up={t("up", { name })} down={t("down", { name })} />
      <LinkButton
        to={`?delete=${id}`}
        size="sm"
        variant="quiet"
        replace
        preventScrollReset
        aria-label={t("removeNamed", { name })}
      >
        {t("remove")}
      </LinkButton>
    </Form>
  );
}

function Leaving({ rule: { id, name } }: { rule: Rule }) {
  const t = useT("automation");
  return (
    <Banner
      tone="warn"
      className="flex-wrap"
      action={
        <Form method="post" className="flex gap-2">
          <input type="hidden" name="ruleId" value={id} />
          <LinkButton to="?" replace size="sm" variant="quiet" preventScrollReset>
            {t("cancel")}
          </LinkButton>
          <Button type="submit" name="intent" value="remove" size="sm" variant="danger">
            {t("removeNamed", { name })}
          </Button>
        </Form>
      }
    >
      {t("removal")}
    </Banner>
  );
}
