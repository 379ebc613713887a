import { Wrench } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";

import type { AgentAsk } from "./agent-asks.ts";
import { agentAsks } from "./agent-asks.ts";

/** Has the agent on the line do something for the caller, with the caller's own words. */
export function AskAgent({ channelId, callId }: { channelId: string; callId: string }) {
  const t = useT("simulator");
  const fetcher = useFetcher<{ answered?: unknown }>();
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState<AgentAsk>("check_availability");
  const done = fetcher.state === "idle" && fetcher.data?.answered !== undefined;
  useEffect(() => {
    const words = form.current?.elements.namedItem("words");
    if (done && words instanceof HTMLInputElement) words.value = "";
  }, [done]);
  return (
    <fetcher.Form ref={form} method="post" className="grid grid-cols-[minmax(0,1fr)_auto] gap-2">
      <input type="hidden" name="intent" value="function" />
      <input type="hidden" name="channelId" value={channelId} />
      <input type="hidden" name="callId" value={callId} />
      <Select
        name="which"
        aria-label={t("askAgent")}
        className="col-span-2"
        value={chosen}
        onChange={({ currentTarget }) => setChosen(agentAsks.find((one) => one === currentTarget.value) ?? chosen)}
      >
        {agentAsks.map((one) => (
          <option key={one} value={one}>
            {t(`ask.${one}`)}
          </option>
        ))}
      </Select>
      <Input
        name="words"
        aria-label={t("askWords")}
        placeholder={t(`askHint.${chosen}`)}
        maxLength={300}
        autoComplete="off"
      />
      <IconButton
        type="submit"
        label={t("askIt")}
        busy={fetcher.state !== "idle"}
        icon={<Wrench size={16} aria-hidden />}
        className="size-9!"
      />
    </fetcher.Form>
  );
}
