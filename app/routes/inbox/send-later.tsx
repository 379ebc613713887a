import { CalendarClock } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useShell } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/inputs.tsx";

/** When a reply is to leave, as the form carries it. */
export interface Later {
  sendAt: string;
  unlessAnswered: boolean;
}

interface SendLaterProps {
  disabled: boolean;
  /** Until when the channel takes a free answer; null: without end. */
  until: Date | null;
  onChoose: (later: Later) => void;
}

const choices = ["tomorrow", "monday", "chosen"] as const;

/** Behind the send button: tomorrow morning, Monday morning, or a day and an hour, by the business's clock. */
export function SendLater({ disabled, until, onChoose }: SendLaterProps) {
  const t = useT("inbox");
  const format = useFormat();
  const { tenant } = useShell();
  const box = useRef<HTMLDetailsElement>(null);
  const [choice, setChoice] = useState<(typeof choices)[number]>("tomorrow");
  const [chosen, setChosen] = useState("");
  const [unlessAnswered, setUnlessAnswered] = useState(false);
  const id = useId();
  useEffect(() => {
    const open = box.current;
    if (!open) return;
    const close = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !open.open) return;
      event.stopPropagation();
      open.open = false;
      open.querySelector("summary")?.focus();
    };
    open.addEventListener("keydown", close);
    return () => open.removeEventListener("keydown", close);
  }, []);
  const complete = choice !== "chosen" || chosen !== "";
  return (
    <details ref={box} className="group/later">
      <summary
        className="btn btn-quiet btn-icon tap cursor-pointer list-none"
        aria-label={t("later.title")}
        title={t("later.title")}
      >
        <CalendarClock size={14} aria-hidden />
      </summary>
      <fieldset className="menu absolute right-4 bottom-full mb-1 flex w-72 max-w-[calc(100%-2rem)] flex-col gap-2 p-3">
        <legend className="sr-only">{t("later.title")}</legend>
        {choices.map((name) => (
          <label key={name} className="flex items-center gap-2">
            <input
              type="radio"
              name="sendAtChoice"
              value={name}
              checked={choice === name}
              onChange={() => setChoice(name)}
            />
            {t(`later.${name}`)}
          </label>
        ))}
        <label htmlFor={`${id}-at`} className="sr-only">
          {t("later.when")}
        </label>
        <Input
          id={`${id}-at`}
          type="datetime-local"
          name="sendAt"
          size="sm"
          value={chosen}
          onFocus={() => setChoice("chosen")}
          onChange={({ currentTarget }) => {
            setChosen(currentTarget.value);
            setChoice("chosen");
          }}
        />
        <p className="text-2xs text-faint">{t("later.zone", { zone: tenant.timezone.replaceAll("_", " ") })}</p>
        {until ? <p className="text-2xs text-warn">{t("later.until", { until: format.dateTime(until) })}</p> : null}
        <label className="flex items-start gap-2">
          <input
            type="checkbox"
            name="unlessAnswered"
            value="yes"
            checked={unlessAnswered}
            onChange={({ currentTarget }) => setUnlessAnswered(currentTarget.checked)}
            className="mt-0.5"
          />
          {t("later.unlessAnswered")}
        </label>
        <Button
          type="submit"
          name="intent"
          value="later"
          variant="primary"
          disabled={disabled || !complete}
          onClick={(event) => {
            event.preventDefault();
            onChoose({ sendAt: choice === "chosen" ? chosen : choice, unlessAnswered });
            if (box.current) box.current.open = false;
          }}
        >
          {t("later.plan")}
        </Button>
      </fieldset>
    </details>
  );
}
