import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { PresenceDot, usePresenceWords } from "#app/shell/presence-dot.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { cx } from "#app/ui/classes.ts";
import { Input } from "#app/ui/inputs.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { useNow } from "#app/ui/now.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { AppointmentsBeside } from "../appointments/appointments-beside.tsx";
import type { Route } from "./+types/ticket";
import { Deadlines } from "./deadlines.tsx";
import { Choice, OwnFieldRow, SaveWithoutScript, useSavedField } from "./saved-field.tsx";
import { TicketCalls } from "./ticket-calls.tsx";
import { TicketLinks } from "./ticket-links.tsx";
import { TicketWatchers } from "./ticket-watchers.tsx";
import { channels, dueOf, priorities, priorityWords, statuses } from "./ticket-words.ts";

export type TicketDetail = Route.ComponentProps["loaderData"]["detail"];

/** The ticket's fields, each saved as it is changed, and whom it is for. */
export function TicketAside({ detail, dueLocal, shown }: { detail: TicketDetail; dueLocal: string; shown: boolean }) {
  const t = useT("tickets");
  const ui = useT("ui");
  const work = useT("ticketWork");
  const together = useT("together");
  const presence = usePresenceWords();
  const holder = detail.assignees.find(({ userId }) => userId === detail.ticket.assigneeId);
  const format = useFormat();
  const now = useNow();
  const { ticket } = detail;
  const due = dueOf(ticket, now, format, t);
  const channel = channels.find((known) => known === ticket.channelType);
  return (
    <aside
      aria-label={t("fields")}
      className={cx(
        "flex w-78 flex-none flex-col gap-5 overflow-y-auto border-l border-line px-4 py-4 max-lg:w-auto max-lg:flex-1 max-lg:border-l-0",
        shown ? "" : "max-lg:hidden",
      )}
    >
      <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-x-2 gap-y-2">
        <Choice
          ticketId={ticket.id}
          intent="status"
          label={t("status")}
          value={ticket.status}
          shortcut="S"
          options={statuses.map((status) => [status, t(`status.${status}`)])}
          fixed={ticket.mergedIntoId !== null}
        />
        <Choice
          ticketId={ticket.id}
          intent="priority"
          label={t("priority")}
          value={ticket.priority}
          options={priorities.map((priority) => [priority, ui(priorityWords[priority])])}
        />
        <Choice
          ticketId={ticket.id}
          intent="assignee"
          label={t("assignee")}
          value={ticket.assigneeId ?? ""}
          shortcut="A"
          options={[["", t("nobody")], ...assigneesOf(detail, presence)]}
        />
        {holder ? (
          <p className="col-start-2 -mt-1 text-xs text-faint">
            <PresenceDot presence={holder.presence} absentUntil={holder.absentUntil} />
          </p>
        ) : null}
        {detail.teams.length > 0 ? (
          <Choice
            ticketId={ticket.id}
            intent="team"
            label={together("team")}
            value={ticket.teamId ?? ""}
            options={[["", together("noTeam")], ...detail.teams.map(({ id, name }) => [id, name] as const)]}
          />
        ) : null}
        <Choice
          ticketId={ticket.id}
          intent="category"
          label={t("category")}
          value={ticket.categoryId ?? ""}
          options={[["", work("noCategory")], ...categoriesOf(detail, work("archived"))]}
        />
        <DueField ticketId={ticket.id} value={dueLocal} />
        {due || ticket.slaPolicyId ? (
          <p className="col-start-2 -mt-1 text-xs text-faint">
            {due ? <span className={due.tone}>{due.text} </span> : null}
            {ticket.slaPolicyId ? t("sla.byHand") : null}
          </p>
        ) : null}
        {ownFieldsOf(detail).map((field) => (
          <OwnFieldRow key={field.id} ticketId={ticket.id} field={field} value={ticket.fields[field.id]} />
        ))}
      </div>
      <Deadlines ticket={ticket} policy={detail.slaPolicyName} />
      <KeyValues
        rows={[
          [
            t("channel"),
            channel ? (
              <>
                <i className={`ico ico-${channel}`} aria-hidden /> {detail.channelName ?? t(`channel.${channel}`)}
              </>
            ) : null,
          ],
          [t("created"), <Moment key="created" at={ticket.createdAt} after={t(`source.${ticket.source}`)} />],
          [t("updated"), <RelativeTime key="updated" at={ticket.updatedAt} />],
          [t("status.resolved"), ticket.resolvedAt ? <RelativeTime key="resolved" at={ticket.resolvedAt} /> : null],
          [t("status.closed"), ticket.closedAt ? <RelativeTime key="closed" at={ticket.closedAt} /> : null],
          [
            t("resolutionNotes"),
            ticket.resolutionNotes ? (
              <span key="notes" className="whitespace-pre-wrap">
                {ticket.resolutionNotes}
              </span>
            ) : null,
          ],
          ["", ticket.reopenedCount > 0 ? t("reopenedCount", { count: ticket.reopenedCount }) : null],
        ]}
      />
      <CustomerCard detail={detail} />
      <TicketAppointments detail={detail} />
      <TicketCalls calls={detail.calls} />
      <TicketLinks detail={detail} />
      <TicketWatchers detail={detail} />
      <p className="mt-auto text-2xs text-faint">{t("timezone", { zone: format.timeZone })}</p>
    </aside>
  );
}

/** Everybody with whether they are there: a list of choices holds no more than words. */
function assigneesOf(
  { ticket, assignees, assigneeName }: TicketDetail,
  presence: ReturnType<typeof usePresenceWords>,
): (readonly [string, string])[] {
  const list = assignees.map((member) => {
    const words = member.userId === ticket.assigneeId ? member.name : `${member.name} · ${presence(member)}`;
    return [member.userId, words] as const;
  });
  // Somebody who has left keeps their tickets until they are given to another.
  const gone = ticket.assigneeId && !assignees.some((member) => member.userId === ticket.assigneeId);
  return gone ? [[ticket.assigneeId ?? "", assigneeName ?? "?"], ...list] : list;
}

/** Those that can be chosen, and the one that the ticket has. */
function categoriesOf({ ticket, form }: TicketDetail, archived: string): (readonly [string, string])[] {
  return form.categories
    .filter(({ id, archivedAt }) => !archivedAt || id === ticket.categoryId)
    .map(({ id, name, archivedAt }) => [id, archivedAt ? `${name} (${archived})` : name] as const);
}

/** Those that are asked for, and archived ones that the ticket still has a value of. */
function ownFieldsOf({ ticket, form }: TicketDetail) {
  return form.fields.filter(({ id, archivedAt }) => !archivedAt || ticket.fields[id] !== undefined);
}

function Moment({ at, after }: { at: Date; after: string }) {
  return (
    <>
      <RelativeTime at={at} />
      <span className="block text-xs text-faint">{after}</span>
    </>
  );
}

/** Saved when one leaves the field: dates are typed piece by piece. */
function DueField({ ticketId, value }: { ticketId: string; value: string }) {
  const t = useT("tickets");
  const { Form, submit } = useSavedField();
  const allowed = useCan("tickets.write");
  return (
    <>
      <label htmlFor="ticket-due" className="text-faint">
        {t("due")}
      </label>
      <Form method="post" className="flex gap-1">
        <input type="hidden" name="intent" value="due" />
        <input type="hidden" name="ticketId" value={ticketId} />
        <Input
          id="ticket-due"
          type="datetime-local"
          name="value"
          key={value}
          defaultValue={value}
          disabled={!allowed}
          size="sm"
          onBlur={(event) => {
            if (event.target.value !== value && event.target.form) void submit(event.target.form);
          }}
        />
        <SaveWithoutScript />
      </Form>
    </>
  );
}

function TicketAppointments({ detail: { ticket, customer, appointments } }: { detail: TicketDetail }) {
  const t = useT("customers");
  if (!customer?.id) return null;
  return (
    <section aria-label={t("appointments")} className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 className="text-xs font-semibold text-faint">{t("appointments")}</h2>
      <AppointmentsBeside appointments={appointments} booking={`customer=${customer.id}&ticket=${ticket.id}`} />
    </section>
  );
}

function CustomerCard({ detail: { customer, conversation } }: { detail: TicketDetail }) {
  const t = useT("tickets");
  const format = useFormat();
  const to = useTenantPath();
  if (!customer?.id) return <p className="border-t border-line pt-4 text-faint">{t("unknownCustomer")}</p>;
  return (
    <section aria-label={t("customer")} className="flex flex-col gap-3 border-t border-line pt-4">
      <div className="flex items-center gap-3">
        <Avatar name={customer.name} size="md" />
        <div className="min-w-0">
          <Link to={to(`customers/${customer.id}`)} className="block truncate font-semibold hover:underline">
            {customer.name}
          </Link>
          <span className="block truncate text-xs text-dim">
            {customer.phone ? format.phone(customer.phone) : customer.email}
          </span>
        </div>
      </div>
      <KeyValues
        rows={[
          [t("title"), t("customerTickets", { count: customer.totalTickets })],
          [
            t("spent"),
            customer.totalRevenueCents > 0 ? format.money(customer.totalRevenueCents, customer.currency) : null,
          ],
          [t("lastContact"), customer.lastContactAt ? <RelativeTime key="last" at={customer.lastContactAt} /> : null],
        ]}
      />
      {conversation ? (
        <Link to={to(`inbox/${conversation.id}`)} className="link text-xs">
          {t("openInInbox")}
        </Link>
      ) : null}
    </section>
  );
}
