import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";

import type { ProspectDetail } from "./data.ts";

/** What becomes of the prospect, and why. */
export function StatusForm({ detail: { onward, status } }: { detail: ProspectDetail }) {
  const t = useT("prospects");
  const { state, formData } = useNavigation();
  return (
    <Form
      method="post"
      action="?"
      key={status}
      aria-label={t("changeStatus")}
      className="flex flex-wrap items-end gap-3 rounded-xl bg-sunken px-4 py-3"
    >
      <input type="hidden" name="intent" value="status" />
      <label className="flex min-w-40 flex-col gap-1 font-medium">
        {t("newStatus")}
        <Select name="status" className="font-normal">
          {onward.map((one) => (
            <option key={one} value={one}>
              {t(`status.${one}`)}
            </option>
          ))}
        </Select>
      </label>
      <label className="flex min-w-50 flex-1 flex-col gap-1 font-medium">
        {t("reason")}
        <Input name="reason" maxLength={500} placeholder={t("reasonHint")} className="font-normal" autoComplete="off" />
      </label>
      <Button type="submit" busy={state !== "idle" && formData?.get("intent") === "status"}>
        {t("change")}
      </Button>
    </Form>
  );
}
