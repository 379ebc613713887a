import { BadgeCheck, ChevronDown } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Input } from "#app/ui/inputs.tsx";

import type { Detail, Template } from "./data.ts";
import { TemplateForm } from "./template-form.tsx";
import { findTemplates } from "./template-values.ts";

const searchFrom = 6;

/** Where free text may no longer be sent: the messages that the provider approved beforehand. */
export function TemplatePicker({ conversation, templates }: { conversation: Detail; templates: readonly Template[] }) {
  const t = useT("inbox");
  const allowed = useCan("conversations.reply");
  const [query, setQuery] = useState("");
  const box = useRef<HTMLDetailsElement>(null);
  const searchId = useId();
  if (!allowed || conversation.reply.refusal !== "window_closed" || conversation.channel.type !== "whatsapp")
    return null;
  if (templates.length === 0) return <NoTemplates channelId={conversation.channel.id} />;
  const found = findTemplates(templates, query);
  return (
    <details ref={box} className="group/picker flex-none border-t border-line px-4 py-2.5 max-sm:px-3">
      <summary className="flex cursor-pointer items-center gap-2 font-medium">
        <BadgeCheck size={16} aria-hidden className="text-accent" />
        {t("template.choose")}
        <ChevronDown size={14} aria-hidden className="text-faint group-open/picker:rotate-180" />
      </summary>
      <div className="mt-2 max-h-[45dvh] overflow-y-auto">
        {templates.length >= searchFrom ? (
          <div className="mb-2">
            <label htmlFor={searchId} className="sr-only">
              {t("template.search")}
            </label>
            <Input
              id={searchId}
              type="search"
              size="sm"
              value={query}
              placeholder={t("template.search")}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
          </div>
        ) : null}
        {found.length === 0 ? <p className="py-2 text-dim">{t("template.none")}</p> : null}
        <ul className="flex flex-col gap-1.5">
          {found.map((template) => (
            <li key={template.id}>
              <details name="template" className="rounded-lg border border-line bg-surface open:border-control">
                <summary className="flex cursor-pointer items-baseline gap-2 px-3 py-2">
                  <span className="min-w-0 flex-none truncate font-medium max-sm:max-w-40">
                    {template.name.replaceAll("_", " ")}
                  </span>
                  <span className="flex-none text-xs text-faint uppercase">{template.language}</span>
                  <span className="min-w-0 flex-1 truncate text-dim max-sm:hidden">{template.body}</span>
                </summary>
                <TemplateForm
                  template={template}
                  conversation={conversation}
                  onSent={() => box.current?.removeAttribute("open")}
                />
              </details>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

function NoTemplates({ channelId }: { channelId: string }) {
  const t = useT("inbox");
  const to = useTenantPath();
  const mends = useCan("channels.write");
  return (
    <p className="flex-none border-t border-line px-4 py-2.5 text-dim max-sm:px-3">
      {t("template.empty")}{" "}
      {mends ? (
        <Link to={to(`settings/channels/${channelId}#templates`)} className="link">
          {t("template.settings")}
        </Link>
      ) : null}
    </p>
  );
}
