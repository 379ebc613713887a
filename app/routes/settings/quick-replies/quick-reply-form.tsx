import { useId, useRef, useState } from "react";
import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Input, Textarea } from "#app/ui/inputs.tsx";

/** What may be filled in when a reply is used; the server knows the same. */
const variables = ["customer.first_name", "customer.name", "customer.city", "agent.name", "business.name"] as const;

interface FieldsProps {
  values: { shortcut?: string; template?: string; category?: string };
  categories: readonly string[];
}

/** Shortcut, category and text of a ready-made answer, with what can be filled in. */
export function QuickReplyFields({ values, categories }: FieldsProps) {
  const t = useT("quickReplies");
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const box = field.current;
    if (!box) return;
    box.setRangeText(`{{${name}}}`, box.selectionStart, box.selectionEnd, "end");
    box.focus();
  };
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <label className="flex flex-col gap-1">
          <span className="text-xs font-medium">{t("shortcut")}</span>
          <Input
            name="shortcut"
            required
            maxLength={40}
            autoComplete="off"
            defaultValue={values.shortcut}
            placeholder={t("shortcutExample")}
          />
        </label>
        <label className="flex flex-col gap-1">
          <span className="text-xs font-medium">{t("category")}</span>
          <Input
            name="category"
            maxLength={40}
            autoComplete="off"
            list={`${id}-categories`}
            defaultValue={values.category === "general" ? "" : values.category}
            placeholder={t("general")}
          />
          <datalist id={`${id}-categories`}>
            {categories.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </datalist>
        </label>
      </div>
      <label className="flex flex-col gap-1">
        <span className="text-xs font-medium">{t("text")}</span>
        <Textarea ref={field} name="template" rows={3} required maxLength={4000} defaultValue={values.template} />
      </label>
      <p className="flex flex-wrap items-center gap-1.5 text-xs text-dim">
        {t("fillIn")}
        {variables.map((name) => (
          <Button key={name} size="sm" type="button" onClick={() => insert(name)} title={`{{${name}}}`}>
            {t(`variable.${name}`)}
          </Button>
        ))}
      </p>
    </>
  );
}

interface NewProps {
  /** What was refused. */
  typed: Record<string, string> | undefined;
  /** May write everybody's. */
  shares: boolean;
  categories: readonly string[];
}

export function NewQuickReply({ typed, shares, categories }: NewProps) {
  const t = useT("quickReplies");
  const [open, setOpen] = useState(typed !== undefined);
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="rounded-lg border border-line bg-surface px-4 py-3"
    >
      <summary className="cursor-pointer font-medium">{t("add")}</summary>
      <Form method="post" aria-label={t("add")} className="mt-3 flex flex-col gap-3">
        <QuickReplyFields values={typed ?? {}} categories={categories} />
        {shares ? (
          <Checkbox name="personal" value="yes" defaultChecked={typed?.["personal"] === "yes"} label={t("justMine")} />
        ) : (
          <>
            <input type="hidden" name="personal" value="yes" />
            <p className="text-xs text-dim">{t("onlyMine")}</p>
          </>
        )}
        <Button type="submit" name="intent" value="create" variant="primary" className="self-start">
          {t("create")}
        </Button>
      </Form>
    </details>
  );
}
