import { useForm, type SubmissionResult } from "@conform-to/react";
import { UserMinus } from "lucide-react";
import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { PresenceDot } from "#app/shell/presence-dot.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Select } from "#app/ui/inputs.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { RowAction } from "#app/ui/row-action.tsx";

import { assignments } from "./act-on-teams.ts";
import { absentUntil, type Team, type TeamPerson, type TeamWork } from "./team.ts";
import { TeamFields } from "./team-fields.tsx";

interface ManageTeamProps {
  team: Team;
  members: readonly TeamPerson[];
  people: readonly TeamPerson[];
  work: TeamWork;
  saved: boolean;
  lastResult: SubmissionResult | undefined;
}

/** What can be done about one team, each act with its effect beside it. */
export function ManageTeam({ team, members, people, work, saved, lastResult }: ManageTeamProps) {
  return (
    <div className="mb-4 flex flex-col divide-y divide-line rounded-xl bg-sunken px-5 max-sm:px-4">
      <TeamForm key={team.id} team={team} saved={saved} lastResult={lastResult} />
      <TeamMembers team={team} members={members} people={people} />
      <DeleteTeam team={team} work={work} />
    </div>
  );
}

function TeamForm({ team, saved, lastResult }: Pick<ManageTeamProps, "team" | "saved" | "lastResult">) {
  const t = useT("teams");
  const busy = useBusy("update");
  const [form, fields] = useForm<{ name: string; description: string }>({
    id: `team-${team.id}`,
    lastResult,
    defaultValue: { name: team.name, description: team.description },
  });
  return (
    <PostForm form={form} preventScrollReset className="flex flex-col gap-4 py-4">
      <input type="hidden" name="teamId" value={team.id} />
      <TeamFields name={fields.name} description={fields.description} />
      <fieldset>
        <legend className="mb-1 font-medium">{t("how")}</legend>
        {assignments.map((assignment) => (
          <Checkbox
            key={assignment}
            type="radio"
            name="assignment"
            value={assignment}
            defaultChecked={assignment === team.assignment}
            label={t(`assignment.${assignment}`)}
            hint={t(`assignmentHint.${assignment}`)}
          />
        ))}
      </fieldset>
      <Checkbox
        name="givesOffline"
        value="yes"
        defaultChecked={team.givesOffline}
        label={t("givesOffline")}
        hint={t("givesOfflineHint")}
      />
      <div className="flex items-center gap-3">
        <Button type="submit" name="intent" value="update" variant="primary" busy={busy}>
          {t("save")}
        </Button>
        <span role="status" className="text-dim">
          {saved ? t("saved") : ""}
        </span>
      </div>
    </PostForm>
  );
}

function TeamMembers({ team, members, people }: Pick<ManageTeamProps, "team" | "members" | "people">) {
  const t = useT("teams");
  const busy = useBusy("add");
  const others = people.filter(({ userId }) => !team.memberIds.includes(userId));
  return (
    <section aria-labelledby={`who-${team.id}`} className="py-4">
      <h3 id={`who-${team.id}`} className="mb-2 font-medium">
        {t("who")}
      </h3>
      <ul className="mb-3 flex flex-col gap-1">
        {members.length === 0 ? <li className="text-faint">{t("nobody")}</li> : null}
        {members.map((member) => (
          <li key={member.userId} className="flex items-center gap-3">
            <Avatar name={member.name} />
            <span className="min-w-0 flex-1">
              {member.name}{" "}
              <span className="ml-2 text-xs text-faint">
                <PresenceDot presence={member.presence} absentUntil={absentUntil(member)} />
                {member.capacity === null ? null : ` · ${t("capacityOf", { count: member.capacity })}`}
              </span>
            </span>
            <Form method="post" preventScrollReset>
              <input type="hidden" name="teamId" value={team.id} />
              <input type="hidden" name="userId" value={member.userId} />
              <RowAction
                intent="remove"
                variant="quiet"
                icon={<UserMinus size={14} aria-hidden />}
                label={t("removeNamed", { name: member.name })}
              >
                {t("remove")}
              </RowAction>
            </Form>
          </li>
        ))}
      </ul>
      {others.length === 0 ? (
        <p className="text-xs text-dim">{t("everybodyIn")}</p>
      ) : (
        <Form method="post" preventScrollReset className="flex flex-wrap items-center gap-2">
          <input type="hidden" name="teamId" value={team.id} />
          {/* Begins anew when somebody was added. */}
          <Select
            key={others.length}
            name="userId"
            size="sm"
            aria-label={t("addMember")}
            className="w-56!"
            defaultValue=""
          >
            <option value="">{t("addMember")}</option>
            {others.map(({ userId, name }) => (
              <option key={userId} value={userId}>
                {name}
              </option>
            ))}
          </Select>
          <Button type="submit" name="intent" value="add" size="sm" busy={busy}>
            {t("add")}
          </Button>
          <span className="text-xs text-faint">{t("addHint")}</span>
        </Form>
      )}
    </section>
  );
}

function DeleteTeam({ team, work }: Pick<ManageTeamProps, "team" | "work">) {
  const t = useT("teams");
  const busy = useBusy("delete");
  return (
    <Form method="post" className="flex flex-wrap items-center gap-x-6 gap-y-2 py-4">
      <input type="hidden" name="teamId" value={team.id} />
      <div className="min-w-60 flex-1">
        <p className="font-medium">{t("delete")}</p>
        <p className="max-w-130 text-xs text-dim">
          {t("deleteHint", {
            conversations: t("conversations", { count: work.conversations, open: work.openConversations }),
            tickets: t("tickets", { count: work.tickets, open: work.openTickets }),
            channels: t("channels", { count: work.channels }),
          })}
        </p>
      </div>
      <Button type="submit" name="intent" value="delete" size="sm" busy={busy} className="text-bad!">
        {t("delete")}
      </Button>
    </Form>
  );
}

function useBusy(intent: string): boolean {
  const { state, formData } = useNavigation();
  return state === "submitting" && formData?.get("intent") === intent;
}
