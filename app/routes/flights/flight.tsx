import { data, Link } from "react-router";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { Step } from "#app/routes/logs/path-step.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { BackLink } from "#app/ui/back-link.tsx";

import type { Route } from "./+types/flight";
import { useStepText } from "./step-text.ts";

const subjects = ["message", "ticket", "call"] as const;

export async function loader({ context, params }: Route.LoaderArgs) {
  const subject = subjects.find((one) => one === params.subject);
  if (!subject) throw data(null, { status: 404 });
  return { flight: await context.get(apiContext).flights.get({ subject, id: params.id }) };
}

export type Flight = Route.ComponentProps["loaderData"]["flight"];

/** The whole path of a message, ticket or call on one page: each step with its time, those that an event told us with the way to it. */
export default function FlightPage({ loaderData: { flight } }: Route.ComponentProps) {
  const t = useT("logs");
  const format = useFormat();
  const to = useTenantPath();
  const textOf = useStepText();
  useLive(["conversations", "tickets", "webhook_logs"], undefined, { every: 1_000 });
  const { subject, steps } = flight;
  const back = backTo(subject);
  const first = steps.find((step) => step.at)?.at ?? null;
  return (
    <Page title={t(`flight.${subject.kind}`)}>
      <div className="flex max-w-2xl flex-col gap-4 px-5 pb-10 max-sm:px-4">
        <p className="text-dim">
          {[subject.customerName, subject.channelName, first ? format.full(first) : null].filter(Boolean).join(" · ")}
        </p>
        {back ? <BackLink to={to(back)}>{t(`flight.back.${subject.kind}`)}</BackLink> : null}
        <ol aria-label={t("path")} className="card flex flex-col gap-2.5 px-4 py-3.5">
          {steps.map((step, place) => (
            <Step key={place} state={step.state} beside={<At at={step.at} first={first} />}>
              {textOf(step)}
              {step.logId ? (
                <>
                  {" "}
                  <Link to={to(`logs/${step.logId}?period=all`)} className="link text-xs">
                    {t("flight.event")}
                  </Link>
                </>
              ) : null}
            </Step>
          ))}
        </ol>
      </div>
    </Page>
  );
}

function backTo({ kind, id, conversationId, ticketNumber }: Flight["subject"]): string | null {
  if (kind === "ticket") return `tickets/${ticketNumber}`;
  if (kind === "call") return `calls/${id}`;
  return conversationId ? `inbox/${conversationId}#${id}` : null;
}

const dayMs = 86_400_000;

/** To the millisecond within a day of the beginning, as what follows is told apart by little. */
function At({ at, first }: { at: Date | null; first: Date | null }) {
  const format = useFormat();
  if (!at) return null;
  const near = first !== null && at.getTime() - first.getTime() < dayMs;
  return (
    <time dateTime={at.toISOString()} title={format.full(at)} className="font-mono text-xs whitespace-nowrap">
      {near ? format.preciseTime(at) : format.dateTime(at)}
    </time>
  );
}
