import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Select } from "#app/ui/inputs.tsx";

import { Section } from "./section.tsx";

const choices = [0, 5, 10] as const;

/** For how long one may take a reply back. */
export function UndoForm({ chosen }: { chosen: number }) {
  const t = useT("members");
  return (
    <Section title={t("undoSection")}>
      <Form method="post" preventScrollReset className="flex flex-col gap-4">
        <label className="flex flex-col gap-1">
          <span className="text-xs font-medium">{t("undo")}</span>
          <Select name="undoSeconds" defaultValue={String(chosen)} className="w-64">
            {choices.map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds === 0 ? t("undoNever") : t("undoSeconds", { count: seconds })}
              </option>
            ))}
          </Select>
          <span className="text-xs text-faint">{t("undoHint")}</span>
        </label>
        <div>
          <Button type="submit" name="intent" value="undo">
            {t("undoSave")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
