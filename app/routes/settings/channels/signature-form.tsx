import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Textarea } from "#app/ui/inputs.tsx";

/** What stands below every mail that members write. */
export function SignatureForm({ signature }: { signature: string | null }) {
  const t = useT("channels");
  const fetcher = useFetcher<{ done?: boolean }>();
  const errors = refusedIn(fetcher.data)?.error?.["signature"] ?? undefined;
  return (
    <fetcher.Form method="post" className="flex flex-col gap-4">
      <input type="hidden" name="intent" value="signature" />
      <Field field={{ id: "mail-signature", errors }} label={t("mailSignature")} hint={t("mailSignatureHint")}>
        {(aria) => (
          <Textarea
            {...aria}
            name="signature"
            rows={4}
            maxLength={2000}
            defaultValue={signature ?? ""}
            placeholder={t("mailSignatureExample")}
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
