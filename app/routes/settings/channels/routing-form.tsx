import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Input } from "#app/ui/inputs.tsx";

import { AssignmentFields, type AssignmentFieldsProps } from "./assignment-fields.tsx";

export const rules = ["never", "new_conversation", "reopened_conversation"] as const;

interface RoutingFormProps {
  channel: {
    name: string;
    autoTicketRule: (typeof rules)[number];
  } & AssignmentFieldsProps["channel"];
  colleagues: AssignmentFieldsProps["colleagues"];
  teams: AssignmentFieldsProps["teams"];
  /** Ends guided set-up as well. */
  finish?: boolean;
}

/** What happens to messages that come in, and what the channel is called. */
export function RoutingForm({ channel, colleagues, teams, finish = false }: RoutingFormProps) {
  const t = useT("channels");
  const fetcher = useFetcher<{ done?: boolean }>();
  const refused = Object.values(refusedIn(fetcher.data)?.error ?? {}).flatMap((reasons) => reasons ?? []);
  return (
    <fetcher.Form method="post" className="flex flex-col gap-5">
      <input type="hidden" name="intent" value={finish ? "finish" : "update"} />
      <label className="flex max-w-90 flex-col gap-1 font-medium">
        {t("name")}
        <Input name="name" defaultValue={channel.name} required maxLength={80} className="font-normal" />
      </label>
      <fieldset>
        <legend className="mb-1 font-medium">{t("autoTicket")}</legend>
        {rules.map((rule) => (
          <Checkbox
            key={rule}
            type="radio"
            name="autoTicketRule"
            value={rule}
            defaultChecked={rule === channel.autoTicketRule}
            label={t(`autoTicket.${rule}`)}
          />
        ))}
        <p className="mt-1 text-xs text-faint">{t("autoTicketHint")}</p>
      </fieldset>
      <AssignmentFields channel={channel} colleagues={colleagues} teams={teams} />
      <FormErrors errors={refused} />
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" busy={fetcher.state !== "idle"}>
          {finish ? t("finish") : t("saveRouting")}
        </Button>
        <span role="status" className="text-dim">
          {fetcher.data?.done ? t("saved") : ""}
        </span>
      </div>
    </fetcher.Form>
  );
}
