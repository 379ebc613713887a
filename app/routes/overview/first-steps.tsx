import { Check } from "lucide-react";
import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useShell, useTenantPath } from "#app/shell/shell-data.ts";

import type { Overview } from "./page.tsx";

/** What opens the counter, ticked off as it is done; gone when all of it is. */
export function FirstSteps({ steps }: { steps: Overview["steps"] }) {
  const t = useT("overview");
  const to = useTenantPath();
  const { simulator } = useShell();
  const list = [
    { key: "channelConnected", to: to("settings/channels/new"), body: t("step.channelConnectedBody") },
    {
      key: "messageReceived",
      to: simulator ? "/simulator" : to("settings/channels"),
      body: simulator ? t("step.messageReceivedSimulator") : t("step.messageReceivedBody"),
    },
    { key: "messageAnswered", to: to("inbox"), body: t("step.messageAnsweredBody") },
    { key: "colleagueInvited", to: to("settings/members"), body: t("step.colleagueInvitedBody") },
  ] as const;
  return (
    <section aria-labelledby="steps" className="rounded-xl bg-active px-5 py-4">
      <h2 id="steps" className="font-semibold">
        {t("steps")}
      </h2>
      <p className="text-dim">{t("stepsNote")}</p>
      <ol className="mt-3 grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {list.map((step) => {
          const done = steps[step.key];
          return (
            <li key={step.key} className="flex gap-3">
              <span
                className={`mt-0.5 grid size-5 flex-none place-items-center rounded-full border ${done ? "border-accent bg-accent text-on-accent" : "border-control"}`}
              >
                {done ? <Check size={12} aria-hidden /> : null}
                <span className="sr-only">{done ? t("done") : t("todo")}</span>
              </span>
              <span>
                {done ? (
                  <span className="text-dim line-through">{t(`step.${step.key}`)}</span>
                ) : (
                  <Link to={step.to} className="font-medium hover:underline">
                    {t(`step.${step.key}`)}
                  </Link>
                )}
                <span className="block text-xs text-dim">{step.body}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
