import type { SubmissionResult } from "@conform-to/react";
import { ChevronRight } from "lucide-react";
import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { PresenceDot } from "#app/shell/presence-dot.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { Badge } from "#app/ui/badge.tsx";

import { ManageTeam } from "./manage-team.tsx";
import { absentUntil, type Team, type TeamPerson, type TeamWork } from "./team.ts";

interface TeamCardProps {
  team: Team;
  /** Every active member. */
  people: readonly TeamPerson[];
  /** What hangs on it, where it is opened. */
  work: TeamWork | null;
  saved: boolean;
  lastResult: SubmissionResult | undefined;
}

/** A team in one line: what it does, how it shares its work, who is in it and there. Opened in place by those who may change it. */
export function TeamCard({ team, people, work, saved, lastResult }: TeamCardProps) {
  const t = useT("teams");
  const manages = useCan("teams.write");
  const members = people.filter(({ userId }) => team.memberIds.includes(userId));
  const opened = work !== null;
  return (
    <li>
      <div className="relative flex flex-wrap items-center gap-x-4 gap-y-2 py-3 hover:bg-hover">
        <div className="min-w-48 flex-1">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="font-semibold">
              {manages ? (
                <Link
                  to={opened ? "?" : `?team=${team.id}`}
                  preventScrollReset
                  aria-expanded={opened}
                  aria-label={opened ? t("close") : t("manage", { name: team.name })}
                  className="after:absolute after:inset-0"
                >
                  {team.name}
                </Link>
              ) : (
                team.name
              )}
            </h2>
            <Badge tone={team.assignment === "by_hand" ? "neutral" : "accent"}>
              {t(`assignment.${team.assignment}`)}
            </Badge>
          </div>
          {team.description ? <p className="text-dim">{team.description}</p> : null}
        </div>
        <ul aria-label={t("members", { count: members.length })} className="flex flex-wrap gap-x-4 gap-y-1">
          {members.length === 0 ? <li className="text-faint">{t("nobody")}</li> : null}
          {members.map((member) => (
            <li key={member.userId} className="flex items-center gap-1.5 text-xs">
              <Avatar name={member.name} />
              <span>{member.name}</span>
              <span className="text-2xs text-faint">
                <PresenceDot presence={member.presence} absentUntil={absentUntil(member)} />
              </span>
            </li>
          ))}
        </ul>
        {manages ? (
          <ChevronRight
            size={16}
            aria-hidden
            className={`text-faint transition-transform max-sm:hidden ${opened ? "rotate-90" : ""}`}
          />
        ) : null}
      </div>
      {work ? (
        <ManageTeam team={team} members={members} people={people} work={work} saved={saved} lastResult={lastResult} />
      ) : null}
    </li>
  );
}
