import { Plus, X } from "lucide-react";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";

import type { Choices, Condition, Draft } from "./data.ts";
import { conditionFields } from "./data.ts";
import { useRuleWords } from "./rule-words.ts";

export interface RowsProps {
  draft: Draft;
  choices: Choices;
  errors: Record<string, string[]>;
}

/** What must be so. A row's field is chosen when it is added, so that the rest of it is known without JavaScript. */
export function ConditionRows({ draft: { match, conditions }, choices, errors }: RowsProps) {
  const t = useT("automation");
  return (
    <>
      {conditions.length > 1 ? (
        <label className="flex flex-wrap items-center gap-2 text-dim">
          {t("match")}
          <Select name="match" defaultValue={match} size="sm" className="w-auto max-w-full">
            <option value="all">{t("match.all")}</option>
            <option value="any">{t("match.any")}</option>
          </Select>
        </label>
      ) : (
        <input type="hidden" name="match" value={match} />
      )}
      {conditions.length === 0 ? <p className="text-dim">{t("noConditions")}</p> : null}
      {conditions.map((condition, at) => (
        <ConditionRow
          // A form is another one when its rows are.
          key={at}
          at={at}
          condition={condition}
          choices={choices}
          error={errors[`conditions.${at}`]?.[0]}
        />
      ))}
      {conditions.length < 10 ? (
        <div className="flex flex-wrap items-center gap-2">
          <Select name="newCondition" aria-label={t("newCondition")} size="sm" className="w-auto max-w-full">
            {conditionFields.map((field) => (
              <option key={field} value={field}>
                {t(`field.${field}`)}
              </option>
            ))}
          </Select>
          <Button type="submit" name="intent" value="add-condition" size="sm" icon={<Plus size={14} aria-hidden />}>
            {t("addCondition")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

interface ConditionRowProps {
  at: number;
  condition: Condition;
  choices: Choices;
  error: string | undefined;
}

function ConditionRow({ at, condition: { field, op, values }, choices, error }: ConditionRowProps) {
  const t = useT("automation");
  const errorText = useErrorText();
  const options = useRuleWords(choices).valuesFor(field);
  const number = String(at + 1);
  const errorId = error ? `c${at}-error` : undefined;
  return (
    <div role="group" aria-label={t("condition", { number })} className="flex flex-col gap-2 rounded-lg bg-sunken p-3">
      <input type="hidden" name={`c${at}.field`} value={field} />
      <div className="flex items-center gap-2">
        <span className="font-medium first-letter:uppercase">{t(`field.${field}`)}</span>
        <Select
          name={`c${at}.op`}
          defaultValue={op}
          size="sm"
          aria-label={t("op")}

          className="w-auto"
        >
          <option value="is">{t(field === "words" ? "op.has" : "op.is")}</option>
          <option value="is_not">{t(field === "words" ? "op.has_not" : "op.is_not")}</option>
        </Select>
        <IconButton
          type="submit"
          name="intent"
          value={`remove-condition:${at}`}
          label={t("removeCondition", { number })}
          icon={<X size={14} aria-hidden />}
          className="ml-auto"
        />
      </div>
      {options === null ? (
        <>
          <Input
            name={`c${at}.values`}
            defaultValue={values.join(", ")}
            aria-label={t("field.words")}
            aria-describedby={errorId}
            autoComplete="off"
          />
          <p className="text-xs text-faint">{t("wordsHint")}</p>
        </>
      ) : (
        <Several name={`c${at}.values`} options={options} values={values} />
      )}
      {error ? (
        <p id={errorId} className="text-xs text-bad">
          {errorText(error, "field")}
        </p>
      ) : null}
    </div>
  );
}

/** Any number of a list. */
function Several({
  name,
  options,
  values,
}: {
  name: string;
  options: readonly (readonly [string, string])[];
  values: readonly string[];
}) {
  const t = useT("automation");
  const gone = values.filter((value) => !options.some(([one]) => one === value));
  if (options.length + gone.length === 0) return <p className="text-xs text-faint">{t("nothingToChoose")}</p>;
  return (
    <div className="flex max-h-48 flex-wrap gap-x-4 gap-y-1.5 overflow-y-auto">
      {[...options, ...gone.map((value) => [value, t("gone")] as const)].map(([value, label]) => (
        <label key={value} className="flex cursor-pointer items-center gap-1.5">
          <input
            type="checkbox"
            className="check tap"
            name={name}
            value={value}
            defaultChecked={values.includes(value)}
          />
          {label}
        </label>
      ))}
    </div>
  );
}
