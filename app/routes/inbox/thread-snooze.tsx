import { AlarmClock, CalendarClock } from "lucide-react";
import { useId, useState } from "react";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Field } from "#app/ui/field.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { Menu } from "#app/ui/menu.tsx";

type Act = (fields: Record<string, string>) => void;

/** Puts the conversation out of sight until a time; S opens it. */
export function SnoozeMenu({ act }: { act: Act }) {
  const t = useT("inbox");
  const [choosing, setChoosing] = useState(false);
  const until = (end: string) => act({ intent: "snooze", until: end });
  const icon = <AlarmClock size={14} aria-hidden />;
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton
            size="sm"
            shortcut="S"
            label={t("snooze")}
            icon={<AlarmClock size={16} aria-hidden />}
            tipSide="bottom"
          />
        }
        entries={[
          { kind: "label", label: t("snooze") },
          { label: t("snooze.three_hours"), icon, onSelect: () => until("three_hours") },
          { label: t("snooze.tomorrow"), icon, onSelect: () => until("tomorrow") },
          { label: t("snooze.next_week"), icon, onSelect: () => until("next_week") },
          { kind: "line" },
          {
            label: t("snooze.choose"),
            icon: <CalendarClock size={14} aria-hidden />,
            onSelect: () => setChoosing(true),
          },
        ]}
      />
      {choosing ? <ChooseTime onClose={() => setChoosing(false)} onChoose={until} /> : null}
    </>
  );
}

function ChooseTime({ onClose, onChoose }: { onClose: () => void; onChoose: (end: string) => void }) {
  const t = useT("inbox");
  const ui = useT("ui");
  const form = useId();
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("snooze")}
      description={t("snooze.zone")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="primary" type="submit" form={form}>
            {t("snooze")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          onChoose(String(new FormData(event.currentTarget).get("until")));
          onClose();
        }}
      >
        <Field field={{ id: `${form}-until` }} label={t("snooze.until")}>
          {(aria) => <Input {...aria} type="datetime-local" name="until" required />}
        </Field>
      </form>
    </Dialog>
  );
}
