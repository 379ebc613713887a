import { useState } from "react";

import { useT } from "#app/i18n/react.tsx";
import { CodeBlock } from "#app/ui/code-block.tsx";
import { cx } from "#app/ui/classes.ts";

import type { LogDetail } from "./log-detail.ts";

/** The post as it came: redacted headers, then its body, pretty or as the bytes were. */
export function EventRequest({ log }: { log: LogDetail }) {
  const t = useT("logs");
  const [raw, setRaw] = useState(false);
  const { delivery, payload, masked } = log;
  const head = delivery
    ? [
        `${delivery.method} ${delivery.path}`,
        ...Object.entries(delivery.headers).map(
          ([name, value]) => `${name}: ${value === "[redacted]" ? "••••••••" : value}`,
        ),
      ].join("\n")
    : null;
  const body = raw && delivery?.body != null ? delivery.body : prettyOf(delivery?.body ?? null, payload);
  return (
    <section id="request" className="scroll-mt-4">
      <div className="mb-1.5 flex items-center gap-2">
        <h3 className="mr-auto font-semibold">{t("request")}</h3>
        {delivery?.body ? (
          <div className="flex gap-1">
            <Choice on={!raw} label={t("pretty")} choose={() => setRaw(false)} />
            <Choice on={raw} label={t("raw")} choose={() => setRaw(true)} />
          </div>
        ) : null}
      </div>
      {masked ? (
        <p className="mb-1.5 text-dim">{t("masked")}</p>
      ) : delivery ? null : (
        <p className="mb-1.5 text-dim">{t("expired")}</p>
      )}
      {head || body ? <CodeBlock name={t("request")} code={[head, body].filter(Boolean).join("\n\n")} /> : null}
      {delivery?.truncated ? <p className="mt-1 text-xs text-faint">{t("truncated")}</p> : null}
    </section>
  );
}

function Choice({ on, label, choose }: { on: boolean; label: string; choose: () => void }) {
  return (
    <button type="button" className={cx("chip", on && "chip-on")} aria-pressed={on} onClick={choose}>
      {label}
    </button>
  );
}

/** JSON indented, a form one parameter a line; else the event as the log keeps it. */
function prettyOf(body: string | null, payload: unknown): string {
  if (body === null) return payload === null || payload === undefined ? "" : JSON.stringify(payload, null, 2);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return /^[\w.%-]+=/.test(body)
      ? [...new URLSearchParams(body)].map(([name, value]) => `${name}=${value}`).join("\n")
      : body;
  }
}
