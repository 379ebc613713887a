import { Form, useNavigation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { KeepTyping } from "#app/shell/keep-typing.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { useNow } from "#app/ui/now.tsx";
import { Section } from "#app/ui/section.tsx";

import type { OwnCalendars } from "./member-hours.ts";

interface BusyCalendarProps {
  busy: OwnCalendars["busy"];
  /** Reasons why the address was refused. */
  errors: readonly string[] | undefined;
}

/** A calendar kept elsewhere whose busy times are not offered: connected, with how reading it goes. */
export function BusyCalendar({ busy, errors }: BusyCalendarProps) {
  const t = useT("calendars");
  const { state, formData } = useNavigation();
  return (
    <Section title={t("busy")} hint={t("busyHint")}>
      {busy ? <Reading busy={busy} /> : null}
      <KeepTyping saved={busy?.host ?? null}>
        <Form method="post" preventScrollReset className="flex flex-wrap items-end gap-2">
          <input type="hidden" name="intent" value="connect-calendar" />
          <Field field={{ id: "calendar-address", errors }} label={t("busyAddress")} className="min-w-60 flex-1">
            {(aria) => (
              <Input
                {...aria}
                name="address"
                type="url"
                inputMode="url"
                required
                autoComplete="off"
                spellCheck={false}
                placeholder={t("busyExample")}
              />
            )}
          </Field>
          <Button type="submit" busy={state !== "idle" && formData?.get("intent") === "connect-calendar"}>
            {t(busy ? "replace" : "connect")}
          </Button>
        </Form>
      </KeepTyping>
    </Section>
  );
}

function Reading({ busy: { host, readAt, failure, failedSince, ahead } }: { busy: NonNullable<OwnCalendars["busy"]> }) {
  const t = useT("calendars");
  const format = useFormat();
  const now = useNow();
  const when = (at: Date) => format.relative(at, Math.max(now, at.getTime()));
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p className="min-w-0 flex-1">
          <span className="font-medium">{t("connected", { host })}</span>{" "}
          <span className="text-dim">
            {readAt ? t("readAt", { when: when(readAt) }) : t("notRead")} {readAt ? t("ahead", { count: ahead }) : null}
          </span>
        </p>
        <Form method="post" preventScrollReset>
          <Button type="submit" size="sm" variant="quiet" name="intent" value="disconnect-calendar">
            {t("disconnect")}
          </Button>
        </Form>
      </div>
      {failure && failedSince ? (
        <Banner tone="warn">
          {t("failedSince", { when: format.dateTime(failedSince), why: t(`failure.${failure}`) })}{" "}
          {readAt ? t("keptMeanwhile") : null}
        </Banner>
      ) : null}
    </div>
  );
}
