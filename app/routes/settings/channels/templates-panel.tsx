import { Link, useFetcher, useSearchParams } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { RowAction } from "#app/ui/row-action.tsx";
import type { Tone } from "#app/ui/tone.ts";

import type { loader } from "./channel.tsx";
import { wordsFor } from "./words.ts";

export type TemplatePage = NonNullable<Awaited<ReturnType<typeof loader>>["templates"]>;
type Template = TemplatePage["templates"][number];

const tones: Record<Template["status"], Tone> = {
  approved: "ok",
  pending: "info",
  rejected: "bad",
  paused: "warn",
  disabled: "neutral",
};

/** The messages that the provider approved, or why it did not, and which of them the team is offered. */
export function TemplatesPanel({ page }: { page: TemplatePage }) {
  const t = useT("channels");
  const fetcher = useFetcher();
  const [search] = useSearchParams();
  const synced = page.templates[0]?.syncedAt;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-dim">{t("templatesIntro")}</p>
      <FormErrors errors={refusedIn(fetcher.data)?.error?.[""] ?? undefined} />
      <fetcher.Form method="post" className="flex flex-wrap items-center gap-3">
        <Button type="submit" size="sm" name="intent" value="syncTemplates" busy={fetcher.state !== "idle"}>
          {t("templatesSync")}
        </Button>
        {synced ? (
          <p className="text-xs text-faint">
            {t("templatesSynced")} <RelativeTime at={synced} />
          </p>
        ) : null}
      </fetcher.Form>
      {page.templates.length === 0 ? (
        <p className="text-dim">{t("templatesNone")}</p>
      ) : (
        <ul aria-label={t("messageTemplates")} className="divide-y divide-line rounded-lg border border-line">
          {page.templates.map((template) => (
            <TemplateRow key={template.id} template={template} />
          ))}
        </ul>
      )}
      <p className="flex gap-4 empty:hidden">
        {search.has("after") ? (
          <Link to="?#templates" className="link">
            {t("templatesFirst")}
          </Link>
        ) : null}
        {page.nextCursor ? (
          <Link to={`?after=${encodeURIComponent(page.nextCursor)}#templates`} className="link">
            {t("templatesMore")}
          </Link>
        ) : null}
      </p>
    </div>
  );
}

function TemplateRow({ template }: { template: Template }) {
  const t = useT("channels");
  const { name, language, status, quality, body, enabled, usageCount } = template;
  const why = useReason(template);
  const poor = quality === "yellow" || quality === "red" ? quality : null;
  return (
    <li className="flex items-start gap-3 px-3 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium break-words">{name.replaceAll("_", " ")}</span>
          <span className="text-xs text-faint uppercase">{language}</span>
          <Badge tone={tones[status]}>{t(`template.status.${status}`)}</Badge>
          {poor ? <Badge tone={poor === "red" ? "bad" : "warn"}>{t(`template.quality.${poor}`)}</Badge> : null}
          {enabled ? null : <Badge>{t("templateHidden")}</Badge>}
        </p>
        <p className="line-clamp-2 text-dim">{body}</p>
        {why ? <p className={status === "rejected" ? "text-bad" : "text-warn"}>{why}</p> : null}
        {usageCount > 0 ? <p className="text-xs text-faint">{t("templateUsed", { count: usageCount })}</p> : null}
      </div>
      {status === "approved" ? <Offer template={template} /> : null}
    </li>
  );
}

/** Why it cannot be sent: in our words where the provider's is one that we know, else in its own. */
function useReason({ status, statusReason }: Template): string | null {
  const t = useT("channels");
  if (status === "approved" || status === "pending") return null;
  const general = t(`template.why.${status}`);
  if (statusReason === null) return general;
  return wordsFor(t, `template.why.${statusReason}`) === `template.why.${statusReason}`
    ? statusReason
    : wordsFor(t, `template.why.${statusReason}`);
}

/** Whether agents find it where they look for a template. */
function Offer({ template: { id, name, enabled } }: { template: Template }) {
  const t = useT("channels");
  const { Form, state } = useFetcher();
  return (
    <Form method="post">
      <input type="hidden" name="templateId" value={id} />
      <input type="hidden" name="enabled" value={enabled ? "" : "on"} />
      <RowAction
        intent="enableTemplate"
        busy={state !== "idle"}
        label={`${t(enabled ? "templateOff" : "templateOn")} : ${name.replaceAll("_", " ")}`}
      >
        {t(enabled ? "templateOff" : "templateOn")}
      </RowAction>
    </Form>
  );
}
