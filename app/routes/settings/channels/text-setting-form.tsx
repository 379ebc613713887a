import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Textarea } from "#app/ui/inputs.tsx";

interface TextSettingFormProps {
  /** The form's intent, and its field. */
  name: "autoReply" | "signature";
  value: string | null;
  label: string;
  hint: string;
  example: string;
  mostCharacters: number;
}

/** One text that a channel keeps: what is answered at once, what stands below each mail. Empty is none. */
export function TextSettingForm({ name, value, label, hint, example, mostCharacters }: TextSettingFormProps) {
  const t = useT("channels");
  const fetcher = useFetcher<{ done?: boolean }>();
  const errors = refusedIn(fetcher.data)?.error?.[name] ?? undefined;
  return (
    <fetcher.Form method="post" className="flex flex-col gap-4">
      <input type="hidden" name="intent" value={name} />
      <Field field={{ id: `setting-${name}`, errors }} label={label} hint={hint}>
        {(aria) => (
          <Textarea
            {...aria}
            name={name}
            rows={3}
            maxLength={mostCharacters}
            defaultValue={value ?? ""}
            placeholder={example}
          />
        )}
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" busy={fetcher.state !== "idle"}>
          {t("saveRouting")}
        </Button>
        <span role="status" className="text-dim">
          {fetcher.data?.done ? t("saved") : ""}
        </span>
      </div>
    </fetcher.Form>
  );
}
