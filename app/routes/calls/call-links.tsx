import { Link, useFetcher } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/inputs.tsx";

import type { Call } from "./data.ts";

/** What the call is about: its ticket, given by its number, and whom it made a prospect. */
export function CallLinks({ call: { id, ticket, prospectId, customer, conversationId } }: { call: Call }) {
  const t = useT("calls");
  const to = useTenantPath();
  const [shell, maySell] = [useT("shell"), useCan("prospects.write")];
  const mayWrite = useCan("tickets.write");
  const about = new URLSearchParams({
    call: id,
    ...(customer ? { customer: customer.id } : {}),
    ...(conversationId ? { conversation: conversationId } : {}),
  });
  return (
    <div className="flex flex-col gap-2">
      {ticket ? (
        <p className="min-w-0">
          <Link to={to(`tickets/${ticket.number}`)} className="block truncate hover:underline">
            <span className="text-faint">#{ticket.number}</span> <span className="font-medium">{ticket.subject}</span>
          </Link>
        </p>
      ) : (
        <p className="text-faint">{t("noTicket")}</p>
      )}
      {mayWrite ? <TicketForm linked={ticket !== null} /> : null}
      {mayWrite && !ticket ? (
        <Link to={to(`tickets/new?${about}`)} className="link self-start text-xs">
          {t("newTicket")}
        </Link>
      ) : null}
      {prospectId ? (
        <Link to={to(`prospects/${prospectId}`)} className="link self-start">
          {t("prospectOf")}
        </Link>
      ) : maySell ? (
        <Link to={to(`prospects/new?${about}`)} className="link self-start text-xs">
          {shell("noteProspect")}
        </Link>
      ) : null}
    </div>
  );
}

/** Takes the call to a ticket by its number, or away from the one it has. */
function TicketForm({ linked }: { linked: boolean }) {
  const t = useT("calls");
  const errorText = useErrorText();
  const { Form, state, data } = useFetcher<{ ok?: boolean }>();
  const refused = refusedIn(data)?.error;
  const wrong = refused && Object.values(refused).flat()[0];
  return (
    <Form method="post" className="flex flex-col gap-1">
      <input type="hidden" name="intent" value="ticket" />
      {linked ? (
        <Button type="submit" size="sm" variant="quiet" busy={state !== "idle"} className="-ml-2 self-start">
          {t("unlinkTicket")}
        </Button>
      ) : (
        <div className="flex items-center gap-1.5">
          <label htmlFor="call-ticket" className="text-xs whitespace-nowrap text-dim">
            {t("ticketNumber")}
          </label>
          <Input
            id="call-ticket"
            name="number"
            size="sm"
            inputMode="numeric"
            pattern="[0-9]{1,9}"
            required
            className="w-20"
          />
          <Button type="submit" size="sm" busy={state !== "idle"}>
            {t("linkTicket")}
          </Button>
        </div>
      )}
      {wrong ? (
        <p role="alert" className="text-xs text-bad">
          {errorText(wrong)}
        </p>
      ) : null}
    </Form>
  );
}
