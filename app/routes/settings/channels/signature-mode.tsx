import { Eye, ShieldCheck } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link, useFetcher } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { notify } from "#app/ui/notices.ts";

import type { SignaturesChanged } from "./change-signatures.ts";

interface SignatureModeProps {
  channelId: string;
  channelName: string;
  /** Wrong signatures are explained and answered as if they were right; else they are refused. */
  observes: boolean;
  /** Wrong ones of the last day, where somebody counted. */
  refusedLately?: number | null;
}

/** Whether a channel insists on signatures, and the one press that makes it, or takes it back. For any page whose action knows both intents. */
export function SignatureMode({ channelId, channelName, observes, refusedLately = null }: SignatureModeProps) {
  const t = useT("channels");
  const to = useTenantPath();
  const { change, busy } = useChange(channelName);
  const Icon = observes ? Eye : ShieldCheck;
  const refused = `logs?${new URLSearchParams({ channel: channelId, reason: "signature_mismatch,missing_signature" })}`;
  return (
    <div
      className={`${observes ? "tone-warn" : "tone-ok"} flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg bg-(--tone-soft) px-3 py-2`}
    >
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-(--tone)" />
      <div className="min-w-48 flex-1">
        <p className="font-medium">{t(observes ? "signatures.observing" : "signatures.enforced")}</p>
        <p className="mt-0.5">{t(observes ? "signatures.observingHint" : "signatures.enforcedHint")}</p>
        {refusedLately === null ? null : (
          <p className="mt-0.5">
            {refusedLately === 0 ? (
              t("signatures.noneRefused")
            ) : (
              <Link className="link" to={to(refused)}>
                {t("signatures.refused", { count: refusedLately })}
              </Link>
            )}
          </p>
        )}
      </div>
      <change.Form method="post">
        <input type="hidden" name="channel" value={channelId} />
        <Button
          type="submit"
          size="sm"
          {...(observes ? { variant: "primary" } : {})}
          name="intent"
          value={observes ? "enforce" : "observe"}
          busy={busy}
        >
          {t(observes ? "signatures.enforce" : "signatures.observe")}
        </Button>
      </change.Form>
    </div>
  );
}

/** Says what was changed, with the way back. */
function useChange(channel: string) {
  const t = useT("channels");
  const errorText = useErrorText();
  const change = useFetcher<Partial<SignaturesChanged> & { refused?: string }>();
  const said = useRef<unknown>(undefined);
  const { data, state, submit } = change;
  useEffect(() => {
    if (state !== "idle" || !data || said.current === data) return;
    said.current = data;
    if (data.refused) return notify({ text: errorText(data.refused), tone: "bad" });
    if (!data.signatures) return;
    const { channelId, enforced } = data.signatures;
    const run = () => void submit({ intent: enforced ? "observe" : "enforce", channel: channelId }, { method: "post" });
    notify({
      text: t(enforced ? "signatures.nowEnforced" : "signatures.nowObserved", { channel }),
      tone: "ok",
      action: { label: t("signatures.undo"), run },
    });
  }, [state, data, submit, channel, errorText, t]);
  return { change, busy: state !== "idle" };
}
