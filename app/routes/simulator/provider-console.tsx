import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { Switch } from "#app/ui/switch.tsx";

import type { Playing } from "./playing.ts";

/** What somebody does in the provider's console, for this number alone: how a channel comes to break. */
export function ProviderConsole({ line, view }: Pick<Playing, "line" | "view">) {
  const t = useT("simulator");
  if (view.faults === null && !view.verifies) return null;
  return (
    <div className="mt-6">
      <h2 className="font-semibold">{t("console")}</h2>
      <p className="text-xs text-faint">{t("consoleHint")}</p>
      {view.faults ? (
        <div className="mt-2 divide-y divide-line">
          {view.faultKinds.map((fault) => (
            <FaultSwitch
              key={fault}
              fault={fault}
              channelId={line.channelId}
              on={view.faults?.includes(fault) ?? false}
            />
          ))}
        </div>
      ) : null}
      {view.verifies ? <VerifyAddress channelId={line.channelId} /> : null}
    </div>
  );
}

interface FaultSwitchProps {
  fault: Playing["view"]["faultKinds"][number];
  channelId: string;
  on: boolean;
}

function FaultSwitch({ fault, channelId, on }: FaultSwitchProps) {
  const t = useT("simulator");
  const { submit, formData } = useFetcher();
  const change = (next: boolean) =>
    void submit({ intent: "changeAtProvider", channelId, which: fault, on: next ? "on" : "" }, { method: "post" });
  return (
    <Switch
      label={t(fault)}
      hint={t(`${fault}Hint`)}
      checked={formData ? formData.get("on") === "on" : on}
      onChange={(event) => change(event.target.checked)}
    />
  );
}

/** The console's button that asks us whether the address is ours. */
function VerifyAddress({ channelId }: { channelId: string }) {
  const t = useT("simulator");
  const { Form, data, state } = useFetcher<{ verified?: { confirmed: boolean } }>();
  const verified = data?.verified;
  return (
    <Form method="post" className="mt-3 flex flex-col gap-1.5">
      <input type="hidden" name="channelId" value={channelId} />
      <label className="flex flex-col gap-1">
        <span>{t("verifyToken")}</span>
        <Input name="verifyToken" size="sm" required maxLength={200} autoComplete="off" />
      </label>
      <div className="flex items-center gap-2">
        <Button type="submit" size="sm" name="intent" value="verifyAddress" busy={state !== "idle"}>
          {t("verifyAddress")}
        </Button>
        <p role="status" className={verified?.confirmed ? "text-ok" : "text-bad"}>
          {verified ? t(verified.confirmed ? "verified" : "notVerified") : null}
        </p>
      </div>
    </Form>
  );
}
