import { BellRing } from "lucide-react";
import { useEffect, useState } from "react";
import { Form, useFetcher } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { useNow } from "#app/ui/now.tsx";
import { RowAction } from "#app/ui/row-action.tsx";

import { deviceOf } from "../profile/device-of.ts";
import { Section } from "../profile/section.tsx";
import type { Route } from "./+types/page";
import { currentEndpoint, subscribe } from "./push-subscription.ts";

type Loaded = Route.ComponentProps["loaderData"];

/** Browsers that are woken; and the button that adds this one. */
export function DeviceList({ devices, pushKey }: Pick<Loaded, "devices" | "pushKey">) {
  const t = useT("notifications");
  const format = useFormat();
  const now = useNow();
  // undefined: not known yet; null: this browser is not woken.
  const [here, setHere] = useState<string | null | undefined>(undefined);
  const [problem, setProblem] = useState<"denied" | "unsupported" | "failed" | null>(null);
  const { submit, state } = useFetcher();
  useEffect(() => {
    void currentEndpoint().then((endpoint) => {
      setHere(endpoint === undefined ? null : endpoint);
      if (endpoint === undefined) setProblem("unsupported");
    });
  }, []);
  const add = async () => {
    const made = await subscribe(pushKey);
    if ("problem" in made) return setProblem(made.problem);
    setHere(made.endpoint);
    await submit({ intent: "subscribe", ...made, userAgent: navigator.userAgent }, { method: "post" });
  };
  const added = devices.some(({ endpoint }) => endpoint === here);
  return (
    <Section title={t("devices")}>
      <p className="text-dim">{t("devicesHint")}</p>
      <ul className="mt-2 divide-y divide-line border-b border-line empty:hidden">
        {devices.map(({ id, endpoint, userAgent, createdAt }) => {
          const known = deviceOf(userAgent);
          const device = known ? t("device", known) : t("unknownDevice");
          return (
            <li key={id} className="flex flex-wrap items-center gap-3 py-2">
              <span className="min-w-48 flex-1">
                <span className="flex items-center gap-2 font-medium">
                  {device}
                  {endpoint === here ? <Badge tone="accent">{t("thisDevice")}</Badge> : null}
                </span>
                <span className="text-xs text-faint">{t("since", { when: format.relative(createdAt, now) })}</span>
              </span>
              <Form method="post" preventScrollReset>
                <input type="hidden" name="deviceId" value={id} />
                <RowAction
                  intent="remove-device"
                  label={`${t("removeNamed", { device })}, ${t("since", { when: format.relative(createdAt, now) })}`}
                >
                  {t("remove")}
                </RowAction>
              </Form>
            </li>
          );
        })}
      </ul>
      {problem ? (
        <p role="status" className="mt-3 text-xs text-warn">
          {t(`push.${problem}`)}
        </p>
      ) : null}
      {here !== undefined && !added && problem !== "unsupported" ? (
        <Button
          className="mt-3"
          busy={state !== "idle"}
          icon={<BellRing size={14} aria-hidden />}
          onClick={() => void add()}
        >
          {t("addDevice")}
        </Button>
      ) : null}
    </Section>
  );
}
