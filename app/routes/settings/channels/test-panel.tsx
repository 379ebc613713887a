import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { Link, useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";

import { wordsFor } from "./words.ts";

interface Line {
  check: string;
  result: "pass" | "fail" | "unknown";
  reason: string | null;
  detail: string | null;
}
const marks = {
  pass: { Icon: CircleCheck, tone: "tone-ok" },
  fail: { Icon: CircleX, tone: "tone-bad" },
  unknown: { Icon: CircleHelp, tone: "tone-neutral" },
} as const;

/** The test as a checklist: one result a line, and what to do where one failed. */
export function TestPanel() {
  const t = useT("channels");
  const fetcher = useFetcher<{ test?: { lines: Line[]; passed: boolean } }>();
  const busy = fetcher.state !== "idle";
  const test = fetcher.data?.test;
  const failed = test?.lines.filter((line) => line.result === "fail").length ?? 0;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-dim">{t("testIntro")}</p>
      <fetcher.Form method="post">
        <Button type="submit" name="intent" value="test" busy={busy}>
          {busy ? t("testing") : test ? t("rerunTest") : t("runTest")}
        </Button>
      </fetcher.Form>
      {test ? (
        <>
          <Banner tone={test.passed ? "ok" : "bad"} role="status">
            {test.passed ? t("testPassed") : t("testFailed", { count: failed })}
          </Banner>
          <ul className="divide-y divide-line rounded-lg border border-line" aria-busy={busy}>
            {test.lines.map((line) => (
              <TestLine key={line.check} line={line} />
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

function TestLine({ line }: { line: Line }) {
  const t = useT("channels");
  const to = useTenantPath();
  const { Icon, tone } = marks[line.result];
  return (
    <li className={`${tone} flex gap-2.5 px-3 py-2.5`}>
      <Icon size={16} aria-hidden className="mt-0.5 text-(--tone)" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span>{wordsFor(t, `check.${line.check}`)}</span>
          <span className="text-xs text-(--tone)">{t(`result.${line.result}`)}</span>
        </p>
        {line.reason ? <p className="text-dim">{wordsFor(t, `why.${line.reason}`, "why.other")}</p> : null}
        {line.check === "inbound" && line.detail ? (
          <Link className="link" to={to(`logs/${line.detail}`)}>
            {t("seeLog")}
          </Link>
        ) : line.detail ? (
          <p className="font-mono text-xs break-all text-faint">{line.detail}</p>
        ) : null}
      </div>
    </li>
  );
}
