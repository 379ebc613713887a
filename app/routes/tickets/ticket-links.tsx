import { Link, useFetcher } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/inputs.tsx";

import type { TicketAnswer } from "./act-on-ticket.ts";
import type { TicketDetail } from "./ticket-aside.tsx";
import { statusTones } from "./ticket-words.ts";

type Related = TicketDetail["relations"][number];
const kinds = ["parent", "child", "merged_into", "merged", "split_from", "split"] as const;

/** The tickets that this one is tied to, and what it is a part of. */
export function TicketLinks({ detail: { ticket, relations } }: { detail: TicketDetail }) {
  const t = useT("ticketWork");
  const to = useTenantPath();
  const mayWrite = useCan("tickets.write") && !ticket.mergedIntoId;
  const children = relations.filter(({ relation }) => relation === "child");
  const done = children.filter(isDone).length;
  return (
    <section aria-label={t("links")} className="flex flex-col gap-3 border-t border-line pt-4">
      <h2 className="text-xs font-semibold text-faint">{t("links")}</h2>
      {kinds.map((kind) => {
        const tied = relations.filter(({ relation }) => relation === kind);
        if (tied.length === 0) return null;
        return (
          <div key={kind} className="flex flex-col gap-1">
            <h3 className="flex justify-between gap-2 text-xs text-dim">
              {t(`relation.${kind}`)}
              {kind === "child" ? (
                <span className="text-faint">{t("childrenDone", { done, count: children.length })}</span>
              ) : null}
            </h3>
            <ul className="flex flex-col gap-1">
              {tied.map((one) => (
                <RelatedLine key={one.id} one={one} />
              ))}
            </ul>
          </div>
        );
      })}
      {mayWrite ? (
        <>
          <ParentForm ticketId={ticket.id} parent={relations.find(({ relation }) => relation === "parent")} />
          <Link to={to(`tickets/new?parent=${ticket.number}`)} className="link self-start text-xs">
            {t("newChild")}
          </Link>
        </>
      ) : null}
    </section>
  );
}

export const isDone = ({ status }: Pick<Related, "status">) => status === "resolved" || status === "closed";

function RelatedLine({ one }: { one: Related }) {
  const t = useT("tickets");
  const words = useT("ticketWork");
  const to = useTenantPath();
  return (
    <li className="flex items-start justify-between gap-2">
      <span className="min-w-0">
        <Link to={to(`tickets/${one.number}`)} className="block truncate hover:underline">
          <span className="text-faint">#{one.number}</span> {one.subject}
        </Link>
        {one.relation === "merged" && one.conversationId ? (
          <Link to={to(`inbox/${one.conversationId}`)} className="link text-xs">
            {words("otherConversation")}
          </Link>
        ) : null}
      </span>
      <Badge tone={statusTones[one.status]}>{t(`status.${one.status}`)}</Badge>
    </li>
  );
}

/** What the ticket is a part of: given by its number, taken away with a press. */
function ParentForm({ ticketId, parent }: { ticketId: string; parent: Related | undefined }) {
  const t = useT("ticketWork");
  const errorText = useErrorText();
  const { Form, state, data } = useFetcher<TicketAnswer>();
  return (
    <Form method="post" className="flex flex-col gap-1">
      <input type="hidden" name="intent" value="parent" />
      <input type="hidden" name="ticketId" value={ticketId} />
      {parent ? (
        <Button
          type="submit"
          size="sm"
          variant="quiet"
          name="parent"
          value=""
          busy={state !== "idle"}
          className="self-start"
        >
          {t("parentClear", { number: String(parent.number) })}
        </Button>
      ) : (
        <div className="flex items-center gap-1.5">
          <label htmlFor="ticket-parent" className="text-xs whitespace-nowrap text-dim">
            {t("parentNumber")}
          </label>
          <Input id="ticket-parent" name="parent" size="sm" inputMode="numeric" required className="w-20" />
          <Button type="submit" size="sm" busy={state !== "idle"}>
            {t("parentSet")}
          </Button>
        </div>
      )}
      {data && !data.ok ? (
        <p role="alert" className="text-xs text-bad">
          {errorText(Object.values(data.fields).flat()[0] ?? data.reason, data.code)}
        </p>
      ) : null}
    </Form>
  );
}
