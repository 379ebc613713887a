import { useT } from "#app/i18n/react.tsx";
import { useShell } from "#app/shell/shell-data.ts";
import { Input, Select } from "#app/ui/inputs.tsx";

import { localOf } from "../tickets/due-time.ts";

interface TimeFieldsProps {
  timeWord: string;
  at: Date | undefined;
  members: readonly { userId: string; name: string }[];
  /** Who is chosen at first; else the first of them. */
  member: string | undefined;
}

/** `time` by the business's clock and `userId`: a time written by hand, and with whom. */
export function TimeFields({ timeWord, at, members, member }: TimeFieldsProps) {
  const t = useT("appointments");
  const { tenant } = useShell();
  return (
    <>
      <label className="flex flex-col gap-1 text-xs">
        {timeWord}
        <Input
          type="datetime-local"
          name="time"
          size="sm"
          required
          step={300}
          defaultValue={at ? localOf(at, tenant.timezone) : ""}
          className="w-52!"
        />
      </label>
      <label className="flex flex-col gap-1 text-xs">
        {t("member")}
        <Select name="userId" size="sm" required defaultValue={member ?? members[0]?.userId} className="w-48!">
          {members.map(({ userId, name }) => (
            <option key={userId} value={userId}>
              {name}
            </option>
          ))}
        </Select>
      </label>
    </>
  );
}
