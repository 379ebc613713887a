import { ArrowLeft, CalendarSearch } from "lucide-react";
import { Form, useSearchParams } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Person } from "./data.ts";

/** The ways out of a person's page: to who they are, to the conversation that is answered, to a day. */
export function PersonHeader({ customer, composer }: Pick<Person, "customer" | "composer">) {
  const t = useT("inbox");
  const to = useTenantPath();
  const [search] = useSearchParams();
  const end = new URLSearchParams(search);
  end.delete("message");
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 pb-2 max-sm:px-3">
      <LinkButton
        to={to(`customers/${customer.id}`)}
        size="sm"
        variant="quiet"
        icon={<ArrowLeft size={14} aria-hidden />}
      >
        {t("person.back")}
      </LinkButton>
      {composer ? (
        <LinkButton to={to(`inbox/${composer.conversation.threadId}`)} size="sm" variant="quiet" shortcut="P">
          {t("person.conversation")}
        </LinkButton>
      ) : null}
      <Form method="get" className="ml-auto flex items-center gap-1.5 text-xs text-dim max-sm:ml-0">
        {search.has("via") ? <input type="hidden" name="via" value={search.get("via") ?? ""} /> : null}
        <label className="flex items-center gap-1.5">
          {t("person.day")}
          <Input type="date" name="day" size="sm" required className="w-36" />
        </label>
        <Button size="sm" type="submit" aria-label={t("person.go")} icon={<CalendarSearch size={14} aria-hidden />} />
        {search.has("message") ? (
          <LinkButton to={`?${end}`} size="sm" variant="quiet">
            {t("person.end")}
          </LinkButton>
        ) : null}
      </Form>
    </div>
  );
}
