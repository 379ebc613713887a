import { useState } from "react";

import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Select } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

export const assignments = ["as_team", "by_hand", "member", "round_robin", "least_loaded"] as const;
type Assignment = (typeof assignments)[number];
/** Work is shared among those of a team. */
const shared: readonly Assignment[] = ["as_team", "round_robin", "least_loaded"];

export interface AssignmentFieldsProps {
  channel: { defaultTeamId: string | null; assignment: Assignment; defaultAssigneeId: string | null };
  colleagues: readonly { id: string; name: string }[];
  teams: readonly { id: string; name: string }[];
}

/** Whose new conversations are, and who is given them. Ways that need a team are offered once there is one. */
export function AssignmentFields({ channel, colleagues, teams }: AssignmentFieldsProps) {
  const t = useT("channels");
  const to = useTenantPath();
  const [assignment, setAssignment] = useState(
    channel.assignment === "as_team" && !channel.defaultTeamId ? "by_hand" : channel.assignment,
  );
  const [teamId, setTeamId] = useState(channel.defaultTeamId ?? "");
  const offered = assignments.filter((one) => teamId !== "" || !shared.includes(one));
  const chosen = offered.includes(assignment) ? assignment : "by_hand";
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium">{t("assignTo")}</legend>
      <label className="flex max-w-90 flex-col gap-1">
        {t("assignTeam")}
        <Select name="defaultTeamId" value={teamId} onChange={(event) => setTeamId(event.currentTarget.value)}>
          <option value="">{t("assignNoTeam")}</option>
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </label>
      {teams.length === 0 ? (
        <LinkButton to={to("settings/teams?new")} size="sm" className="self-start">
          {t("assignMakeTeam")}
        </LinkButton>
      ) : null}
      <label className="flex max-w-90 flex-col gap-1">
        {t("assignHow")}
        <Select
          name="assignment"
          value={chosen}
          onChange={(event) => setAssignment(assignments.find((one) => one === event.currentTarget.value) ?? "by_hand")}
        >
          {offered.map((one) => (
            <option key={one} value={one}>
              {t(`assignment.${one}`)}
            </option>
          ))}
        </Select>
        <span className="text-xs font-normal text-faint">{t(`assignmentHint.${chosen}`)}</span>
      </label>
      <label className="hidden max-w-90 flex-col gap-1 in-[fieldset:has(option[value=member]:checked)]:flex">
        {t("assignMember")}
        <Select name="defaultAssigneeId" defaultValue={channel.defaultAssigneeId ?? ""}>
          <option value="">{t("assignChoose")}</option>
          {colleagues.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </label>
    </fieldset>
  );
}
