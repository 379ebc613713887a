import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { Link, useActionData, useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import type { ChannelKind } from "#app/ui/channel-icon.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { wordsFor } from "./words.ts";

interface Line {
  check: string;
  result: "pass" | "fail" | "unknown";
  reason: string | null;
  detail: string | null;
}
interface Answer {
  test?: { lines: Line[]; passed: boolean };
}
const marks = {
  pass: { Icon: CircleCheck, tone: "tone-ok" },
  fail: { Icon: CircleX, tone: "tone-bad" },
  unknown: { Icon: CircleHelp, tone: "tone-neutral" },
} as const;

interface TestPanelProps {
  channelType: ChannelKind;
  /** Whether messages can be written through it. */
  sends: boolean;
  /** Whether the provider posts events to us. */
  posts: boolean;
  /** Whether it is what should be done next. */
  due?: boolean;
}

/** The test as a checklist: one result a line, and what to do where one failed. */
export function TestPanel({ channelType, sends, posts, due = false }: TestPanelProps) {
  const t = useT("channels");
  const fetcher = useFetcher<Answer>();
  const plain = useActionData<Answer>();
  const busy = fetcher.state === "submitting";
  const { test } = fetcher.data ?? plain ?? {};
  const error = refusedIn(fetcher.data)?.error?.["sendTo"] ?? undefined;
  const failed = test?.lines.filter((line) => line.result === "fail").length ?? 0;
  // A handle cannot be typed: people are known there by numbers that only the provider has.
  const typed = sends && channelType !== "instagram" && channelType !== "phone";
  return (
    <div className="flex flex-col gap-3">
      <p className="text-dim">{t(posts ? "testIntro" : "testIntroMailbox")}</p>
      <fetcher.Form method="post" className="flex flex-col gap-3">
        {typed ? (
          <Field
            field={{ id: "send-to", errors: error }}
            label={t(channelType === "email" ? "sendToMail" : "sendToPhone")}
            hint={t("sendToHint")}
            optional
            className="max-w-90"
          >
            {(aria) => (
              <Input
                {...aria}
                name="sendTo"
                type={channelType === "email" ? "email" : "tel"}
                autoComplete="off"
                maxLength={200}
              />
            )}
          </Field>
        ) : null}
        <div>
          <Button type="submit" {...(due ? { variant: "primary" } : {})} name="intent" value="test" busy={busy}>
            {busy ? t("testing") : test ? t("rerunTest") : t("runTest")}
          </Button>
        </div>
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
        <p className="flex items-baseline justify-between gap-x-3">
          <span>{wordsFor(t, `check.${line.check}`)}</span>
          <span className="shrink-0 text-xs text-(--tone)">{t(`result.${line.result}`)}</span>
        </p>
        {line.reason ? <p className="text-dim">{wordsFor(t, `why.${line.reason}`, "why.other")}</p> : null}
        {line.check === "inbound" && line.detail ? (
          <Link className="link" to={to(`logs/${line.detail}`)}>
            {t("seeLog")}
          </Link>
        ) : line.check === "mailbox" && line.detail ? (
          <p className="text-xs text-faint">
            <RelativeTime at={new Date(line.detail)} />
          </p>
        ) : line.detail ? (
          <p className="font-mono text-xs break-all text-faint">{line.detail}</p>
        ) : null}
      </div>
    </li>
  );
}
