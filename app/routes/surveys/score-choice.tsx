import { useErrorText, useT } from "#app/i18n/react.tsx";
import type { FieldState } from "#app/ui/field.tsx";

interface ScoreChoiceProps {
  field: FieldState;
  /** What each score is called, that of 1 first. */
  names: readonly string[];
  /** 0: none yet. */
  chosen: number;
}

/** One of five, each with its number and its name: large enough for a thumb, and plain radio buttons to a reader. */
export function ScoreChoice({ field, names, chosen }: ScoreChoiceProps) {
  const t = useT("surveys");
  const errorText = useErrorText();
  const error = field.errors?.[0];
  const errorId = error ? `${field.id}-error` : undefined;
  return (
    <fieldset aria-describedby={errorId}>
      <legend className="mb-2 font-medium">{t("answer.scale")}</legend>
      <div className="grid grid-cols-5 gap-2 max-sm:grid-cols-1">
        {names.map((name, at) => (
          <label
            key={name}
            className="flex cursor-pointer flex-col items-center gap-1 rounded-lg border border-line bg-surface px-2 py-3 text-center hover:bg-hover has-checked:border-accent has-checked:bg-active has-focus-visible:outline-2 has-focus-visible:outline-accent max-sm:flex-row max-sm:gap-3 max-sm:px-4 max-sm:text-left"
          >
            <input
              type="radio"
              name="score"
              value={at + 1}
              defaultChecked={chosen === at + 1}
              required
              className="sr-only"
            />
            <span className="text-lg font-semibold tabular-nums">{at + 1}</span>
            <span className="text-xs text-dim">{name}</span>
          </label>
        ))}
      </div>
      {error ? (
        <p id={errorId} role="alert" className="mt-1.5 text-xs text-bad">
          {errorText(error, "field")}
        </p>
      ) : null}
    </fieldset>
  );
}
