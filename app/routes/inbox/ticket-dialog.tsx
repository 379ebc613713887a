import { useId } from "react";
import { useFetcher, useNavigate } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";
import { notify } from "#app/ui/notices.ts";

import type { ActionResult } from "./act.ts";
import type { Detail } from "./data.ts";
import { useAnswer } from "./use-answer.ts";

const priorities = {
  low: "priorityLow",
  medium: "priorityMedium",
  high: "priorityHigh",
  urgent: "priorityUrgent",
} as const;

/** Turns the conversation into a ticket: its subject is proposed, the rest is known. */
export function TicketDialog({ conversation, onClose }: { conversation: Detail; onClose: () => void }) {
  const t = useT("inbox");
  const ui = useT("ui");
  const to = useTenantPath();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const form = useId();
  const fetcher = useFetcher<ActionResult>();
  const { Form, state, data } = fetcher;
  useAnswer(fetcher, (answer) => {
    if (!answer.ok) return;
    const number = String(answer.ticketNumber);
    notify({
      tone: "ok",
      text: t("ticketOpened", { number }),
      action: { label: t("see"), run: () => void navigate(to(`tickets/${number}`)) },
    });
    onClose();
  });
  const fields = data && !data.ok ? data.fields : {};
  const subjectErrors = [fields["subject"] ?? []].flat();
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("ticketTitle")}
      description={t("ticketBody")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="primary" type="submit" form={form} busy={state !== "idle"}>
            {t("makeTicket")}
          </Button>
        </>
      }
    >
      <Form method="post" id={form} className="flex flex-col gap-3">
        <input type="hidden" name="intent" value="ticket" />
        {data && !data.ok && subjectErrors.length === 0 ? (
          <Banner tone="bad" role="alert">
            {errorText(data.reason, data.code)}
          </Banner>
        ) : null}
        <Field field={{ id: `${form}-subject`, errors: subjectErrors }} label={t("ticketSubject")}>
          {(aria) => (
            <Input
              {...aria}
              ref={focusOnce}
              name="subject"
              required
              maxLength={200}
              defaultValue={proposal(conversation)}
            />
          )}
        </Field>
        <Field field={{ id: `${form}-priority` }} label={t("ticketPriority")}>
          {(aria) => (
            <Select {...aria} name="priority" defaultValue="medium">
              {Object.entries(priorities).map(([value, word]) => (
                <option key={value} value={value}>
                  {ui(word)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </Form>
    </Dialog>
  );
}

/** The window opens with the cursor where one writes. */
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}

/** The customer's latest words, cut where a subject ends. */
function proposal({ customer }: Detail): string {
  const said = customer.timeline.find((entry) => entry.type === "message_received")?.description ?? "";
  const line = said.split("\n", 1)[0]?.trim() ?? "";
  return line.length > 90 ? `${line.slice(0, 89).trimEnd()}…` : line;
}
