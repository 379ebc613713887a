import { CalendarX2, CircleCheck, MoveRight, RotateCcw, UserX } from "lucide-react";
import type { ReactNode } from "react";
import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { useNow } from "#app/ui/now.tsx";

import type { AppointmentDetail } from "./data.ts";

/** What can be done with it as it stands: it is moved, cancelled, took place or was missed; each can be taken back. */
export function AppointmentActions({ detail: { status, startsAt } }: { detail: AppointmentDetail }) {
  const t = useT("appointments");
  const now = useNow();
  if (!useCan("appointments.write") || status === "rescheduled") return null;
  const begun = startsAt.getTime() <= now;
  return (
    <>
      {status === "confirmed" ? (
        <>
          <LinkButton
            to="?move"
            replace
            shortcut="M"
            className="max-sm:px-2"
            icon={<MoveRight size={14} aria-hidden className="max-sm:hidden" />}
          >
            {t("move")}
          </LinkButton>
          <LinkButton
            to="?cancel"
            replace
            shortcut="C"
            aria-label={t("cancel")}
            className="max-sm:px-2"
            icon={<CalendarX2 size={14} aria-hidden className="max-sm:hidden" />}
          >
            {t("cancelShort")}
          </LinkButton>
        </>
      ) : (
        <Act
          intent="reopen"
          shortcut="R"
          icon={<RotateCcw size={14} aria-hidden className="max-sm:hidden" />}
          words={t("reopen")}
        />
      )}
      {status === "confirmed" || status === "completed" ? (
        <Act
          intent="no-show"
          shortcut="A"
          icon={<UserX size={14} aria-hidden className="max-sm:hidden" />}
          words={t("noShow")}
        />
      ) : null}
      {status === "confirmed" || status === "no_show" ? (
        <Act
          intent="complete"
          shortcut="E"
          isNext={begun}
          icon={<CircleCheck size={14} aria-hidden className="max-sm:hidden" />}
          words={t("complete")}
        />
      ) : null}
    </>
  );
}

interface ActProps {
  intent: "complete" | "no-show" | "reopen";
  icon: ReactNode;
  words: string;
  shortcut?: string;
  /** What is likely done next. */
  isNext?: boolean;
}

function Act({ intent, icon, words, shortcut, isNext = false }: ActProps) {
  const { state, formData } = useNavigation();
  const busy = state !== "idle" && formData?.get("intent") === intent;
  return (
    <Form method="post" action="?">
      <input type="hidden" name="intent" value={intent} />
      <Button
        type="submit"
        busy={busy}
        variant={isNext ? "primary" : "plain"}
        icon={icon}
        className="max-sm:px-2"
        {...(shortcut ? { shortcut } : {})}
      >
        {words}
      </Button>
    </Form>
  );
}
