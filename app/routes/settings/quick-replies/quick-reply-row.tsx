import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { KeepTyping } from "#app/shell/keep-typing.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";

import type { QuickReply } from "../../inbox/data.ts";
import { QuickReplyFields } from "./quick-reply-form.tsx";

interface RowProps {
  reply: QuickReply;
  changeable: boolean;
  categories: readonly string[];
  /** What was refused of a change to it. */
  typed: Record<string, string> | undefined;
}

/** One ready-made answer: how it is called, what it says, how often it was used; and the form that changes it. */
export function QuickReplyRow({ reply, changeable, categories, typed }: RowProps) {
  const t = useT("quickReplies");
  const { id, shortcut, template, usageCount, personal } = reply;
  const look = (
    <>
      <span className="flex-none font-medium">/{shortcut}</span>
      {personal ? <Badge>{t("mine")}</Badge> : null}
      <span className="min-w-0 flex-1 truncate text-dim max-sm:basis-full">{template}</span>
      <span className="flex-none text-xs text-faint">{t("used", { count: usageCount })}</span>
    </>
  );
  if (!changeable)
    return <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2.5">{look}</li>;
  return (
    <li className="border-b border-line">
      <KeepTyping saved={[shortcut, template, reply.category]}>
        <details open={typed !== undefined}>
          <summary
            className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 py-2.5"
            aria-label={t("editNamed", { name: shortcut })}
          >
            {look}
          </summary>
          <Form method="post" preventScrollReset aria-label={t("editNamed", { name: shortcut })} className="pb-4">
            <input type="hidden" name="quickReplyId" value={id} />
            <div className="flex flex-col gap-3">
              <QuickReplyFields values={typed ?? reply} categories={categories} />
              <span className="flex gap-2">
                <Button type="submit" name="intent" value="update" variant="primary">
                  {t("save")}
                </Button>
                <Button type="submit" name="intent" value="remove" variant="quiet" formNoValidate>
                  {t("remove")}
                </Button>
              </span>
            </div>
          </Form>
        </details>
      </KeepTyping>
    </li>
  );
}
