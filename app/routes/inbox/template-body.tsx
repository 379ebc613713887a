import { BadgeCheck } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";

import { LinkedText } from "./linked-text.tsx";

/** An approved message as the customer sees it, with its buttons, and the name it is known by here. */
export function TemplateBody({ template, text }: { template: { name: string; buttons: string[] }; text: string }) {
  const t = useT("inbox");
  return (
    <div>
      <p className="flex items-center gap-1 text-2xs text-faint">
        <BadgeCheck size={12} aria-hidden />
        {t("template.of", { name: template.name.replaceAll("_", " ") })}
      </p>
      <p className="whitespace-pre-wrap">
        <LinkedText text={text} />
      </p>
      {template.buttons.length > 0 ? (
        <ul aria-label={t("template.buttons")} className="mt-1.5 flex flex-wrap gap-1">
          {template.buttons.map((label) => (
            <li key={label} className="rounded-full border border-line px-2 text-xs text-dim">
              {label}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
