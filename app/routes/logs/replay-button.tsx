import { RotateCcw } from "lucide-react";
import { useEffect, useRef } from "react";
import { useFetcher } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { notify } from "#app/ui/notices.ts";

import type { Reason } from "./log-address.ts";
import type { LogDetail } from "./log-detail.ts";

/** Whose and what it was cannot be told: there is nothing to put to work. */
const saysNothing: readonly Reason[] = ["malformed", "too_large", "verify_token_mismatch"];

/** Puts the stored event to work again, and says what came of it once it is known. */
export function ReplayButton({ log }: { log: LogDetail }) {
  const t = useT("logs");
  const errorText = useErrorText();
  const mayReplay = useCan("logs.replay");
  const fetcher = useFetcher<{ replayed?: { outcome: "replaying" | "unchanged" }; refused?: string }>();
  const said = useRef<unknown>(undefined);
  const waiting = useRef(false);
  const answer = fetcher.data;
  const settled = log.status !== "received";
  const asking = fetcher.state !== "idle";
  useEffect(() => {
    if (asking) return;
    if (answer && said.current !== answer) {
      said.current = answer;
      waiting.current = answer.replayed?.outcome === "replaying";
      if (answer.refused) notify({ text: errorText(answer.refused), tone: "bad" });
      else if (!waiting.current) notify({ text: t("replayed.unchanged") });
    }
    if (!waiting.current || !settled) return;
    waiting.current = false;
    const good = log.status === "processed" || log.status === "duplicate";
    notify({ text: t(`replayed.${log.status}`), tone: good ? "ok" : "info" });
  }, [asking, answer, settled, log.status, errorText, t]);
  if (!mayReplay || saysNothing.some((reason) => reason === log.reason)) return null;
  const busy = asking || log.status === "received";
  return (
    <fetcher.Form method="post">
      <Button type="submit" variant="primary" busy={busy} shortcut="R" icon={<RotateCcw size={14} aria-hidden />}>
        {busy ? t("replaying") : t("replay")}
      </Button>
    </fetcher.Form>
  );
}
