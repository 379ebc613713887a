import { Form } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { RowAction } from "#app/ui/row-action.tsx";

import type { Assistant } from "./assistant-data.ts";

/** What was wanted before, with who and when; each can be taken up again, as the next version. */
export function AssistantVersions({ versions, mayWrite }: Pick<Assistant, "versions"> & { mayWrite: boolean }) {
  const t = useT("assistants");
  const format = useFormat();
  return (
    <ol aria-label={t("versions")} className="flex flex-col divide-y divide-line border-y border-line">
      {versions.map(({ number, createdAt, createdBy, sentAt }, at) => {
        const when = format.dateTime(createdAt);
        return (
          <li key={number} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="font-medium">{t("version", { number: String(number) })}</span>
            {at === 0 ? <Badge tone="ok">{t("current")}</Badge> : null}
            <span className="text-dim">
              {createdBy ? t("byWhom", { when, name: createdBy }) : t("bySomebody", { when })} ·{" "}
              {sentAt ? t("sentAt", { when: format.dateTime(sentAt) }) : t("neverSent")}
            </span>
            {at > 0 && mayWrite ? (
              <Form method="post" className="ml-auto">
                <input type="hidden" name="number" value={number} />
                <RowAction intent="restore" label={t("restoreNamed", { number: String(number) })}>
                  {t("restore")}
                </RowAction>
              </Form>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
