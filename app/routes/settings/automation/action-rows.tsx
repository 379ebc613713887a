import { Plus, X } from "lucide-react";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Input, Select, Textarea } from "#app/ui/inputs.tsx";

import type { RowsProps } from "./condition-rows.tsx";
import type { Action, Choices } from "./data.ts";
import { actionKinds } from "./data.ts";
import { useRuleWords } from "./rule-words.ts";

/** What is done, one after the other. */
export function ActionRows({ draft: { actions }, choices, errors }: RowsProps) {
  const t = useT("automation");
  const errorText = useErrorText();
  const without = errors["actions"]?.find((reason) => reason === "rule_does_nothing");
  return (
    <>
      {actions.length === 0 ? (
        <p className={without ? "text-bad" : "text-dim"}>{without ? errorText(without) : t("noActions")}</p>
      ) : null}
      {actions.map((action, at) => (
        <ActionRow
          // A form is another one when its rows are.
          key={at}
          at={at}
          action={action}
          choices={choices}
          error={errors[`actions.${at}`]?.[0]}
        />
      ))}
      {actions.length < 10 ? (
        <div className="flex flex-wrap items-center gap-2">
          <Select name="newAction" aria-label={t("newAction")} size="sm" className="w-auto max-w-full">
            {actionKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`do.${kind}`)}
              </option>
            ))}
          </Select>
          <Button type="submit" name="intent" value="add-action" size="sm" icon={<Plus size={14} aria-hidden />}>
            {t("addAction")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

interface ActionRowProps {
  at: number;
  action: Action;
  choices: Choices;
  error: string | undefined;
}

function ActionRow({ at, action, choices, error }: ActionRowProps) {
  const t = useT("automation");
  const errorText = useErrorText();
  const number = String(at + 1);
  const errorId = error ? `a${at}-error` : undefined;
  const hint = hints[action.do];
  return (
    <div role="group" aria-label={t("action", { number })} className="flex flex-col gap-2 rounded-lg bg-sunken p-3">
      <input type="hidden" name={`a${at}.do`} value={action.do} />
      <div className="flex items-center gap-2">
        <span className="font-medium first-letter:uppercase">{t(`do.${action.do}`)}</span>
        <IconButton
          type="submit"
          name="intent"
          value={`remove-action:${at}`}
          label={t("removeAction", { number })}
          icon={<X size={14} aria-hidden />}
          className="ml-auto"
        />
      </div>
      <Given at={at} action={action} choices={choices} errorId={errorId} />
      {error ? (
        <p id={errorId} className="text-xs text-bad">
          {errorText(error, "field")}
        </p>
      ) : null}
      {hint ? <p className="text-xs text-faint">{hint.map((one) => t(one)).join(" ")}</p> : null}
    </div>
  );
}

const hints: Partial<
  Record<Action["do"], readonly ("textHint" | "replyHint" | "teamHint" | "subjectHint" | "writeHint")[]>
> = {
  note: ["textHint"],
  reply: ["replyHint", "textHint"],
  quick_reply: ["replyHint"],
  write: ["writeHint", "textHint"],
  team: ["teamHint"],
  open_ticket: ["subjectHint"],
};

/** What an action is given: one of a list, a line, or a text. */
function Given({
  at,
  action: { do: what, value },
  choices,
  errorId,
}: Omit<ActionRowProps, "error"> & { errorId: string | undefined }) {
  const t = useT("automation");
  const options = useRuleWords(choices).givenFor(what);
  const shared = {
    name: `a${at}.value`,
    defaultValue: value,
    "aria-label": t(`do.${what}`),
    "aria-describedby": errorId,
    "aria-invalid": errorId ? true : undefined,
  } as const;
  if (what === "open_ticket") return <Input {...shared} maxLength={200} autoComplete="off" />;
  if (options === null) return <Textarea {...shared} rows={3} />;
  if (options.length === 0) return <p className="text-xs text-faint">{t("nothingToChoose")}</p>;
  const isGone = value !== "" && !options.some(([one]) => one === value);
  return (
    <Select {...shared} className="w-auto max-w-full self-start">
      {isGone ? <option value={value}>{t("gone")}</option> : null}
      {options.map(([one, label]) => (
        <option key={one} value={one}>
          {label}
        </option>
      ))}
    </Select>
  );
}
