import { RotateCw } from "lucide-react";
import { useEffect } from "react";
import { isRouteErrorResponse, Link, useRevalidator } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { Button, buttonClass } from "#app/ui/button.tsx";

const worded = [403, 404, 503] as const;

/** What went wrong with a page, who can mend it, and what to do; the raw words folded away. */
export function ErrorView({ error }: { error: unknown }) {
  const t = useT("shell");
  const ui = useT("ui");
  const errorText = useErrorText();
  const status = isAway(error) ? 503 : isRouteErrorResponse(error) ? error.status : 500;
  useReturn(status === 503);
  const kind = worded.find((known) => known === status) ?? 500;
  const reason = reasonOf(error);
  const detail = detailOf(error);
  return (
    <div className="mx-auto flex max-w-md flex-col items-start gap-3 px-6 py-20">
      <title>{`${t(`error${kind}`)} · Guichet`}</title>
      <p className="text-2xl font-semibold text-faint" aria-hidden>
        {status}
      </p>
      <h1 className="text-xl font-semibold tracking-[-0.01em]">{t(`error${kind}`)}</h1>
      <p className="text-base text-dim">
        {kind === 500 && status < 500 && reason ? errorText(reason) : t(`error${kind}Body`)}
      </p>
      <div className="mt-2 flex gap-2">
        <Link to="/" className={buttonClass({ variant: "primary" })}>
          {t("home")}
        </Link>
        {kind === 404 || kind === 403 ? null : (
          <Button icon={<RotateCw size={14} aria-hidden />} onClick={() => globalThis.location.reload()}>
            {t("retry")}
          </Button>
        )}
      </div>
      {detail ? (
        <details className="mt-4 w-full text-xs text-faint">
          <summary>{ui("details")}</summary>
          <pre className="mt-2 overflow-x-auto rounded-lg bg-sunken p-3 font-mono">{detail}</pre>
        </details>
      ) : null}
    </div>
  );
}

/** Tries again by itself every few seconds until the page can be shown. */
function useReturn(away: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!away) return;
    const timer = setInterval(() => {
      if (!document.hidden) void revalidate();
    }, 4_000);
    return () => clearInterval(timer);
  }, [away, revalidate]);
}

/** The server could not be asked, or answered something that is not a page's data. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /fetch|network|load failed|turbo-stream/i.test(error.message);
}

/** The same where nothing frames it. */
export function ErrorPage({ error }: { error: unknown }) {
  return (
    <main id="main">
      <ErrorView error={error} />
    </main>
  );
}

function reasonOf(error: unknown): string | null {
  if (!isRouteErrorResponse(error)) return null;
  const data: unknown = error.data;
  return typeof data === "object" && data !== null && "reason" in data ? String(data.reason) : null;
}

function detailOf(error: unknown): string | null {
  if (isRouteErrorResponse(error)) return reasonOf(error) ?? `HTTP ${error.status}`;
  return error instanceof Error ? error.message : null;
}
