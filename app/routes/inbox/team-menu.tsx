import { UsersRound } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Menu } from "#app/ui/menu.tsx";

import type { Detail } from "./data.ts";
import type { useAct } from "./use-act.ts";

/** Whose the conversation is; nothing where the business has no teams. */
export function TeamMenu({ conversation, act }: { conversation: Detail; act: ReturnType<typeof useAct>["act"] }) {
  const t = useT("together");
  const { team, teams } = conversation;
  if (teams.length === 0) return null;
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" aria-label={team ? `${t("team")} : ${team.name}` : t("toTeam")} title={t("toTeam")}>
          <UsersRound size={14} aria-hidden />
          {team ? <span className="max-w-24 truncate max-xl:hidden">{team.name}</span> : null}
        </Button>
      }
      entries={[
        { kind: "label", label: t("toTeam") },
        ...teams.map(({ id, name }) => ({
          label: name,
          checked: id === team?.id,
          onSelect: () => act({ intent: "team", teamId: id }),
        })),
        { kind: "line" },
        { label: t("noTeam"), checked: !team, onSelect: () => act({ intent: "team", teamId: "" }) },
      ]}
    />
  );
}
