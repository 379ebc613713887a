import type { SubmissionResult } from "@conform-to/react";
import type { ReactNode } from "react";
import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { roles } from "#app/shell/roles.ts";
import { useCan, useShell } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";

import { AbsenceForm } from "../absence/absence-form.tsx";
import type { ShownLink } from "./act-on-members.ts";
import { LinkOnce } from "./link-once.tsx";
import type { Managed, Member } from "./member-table.tsx";

interface ManageMemberProps {
  member: Member;
  work: Managed["work"];
  absence: Managed["absence"];
  people: readonly Member[];
  link: ShownLink | null;
  refused: SubmissionResult | undefined;
}

/** What can be done about one member, each act with its effect beside it. */
export function ManageMember({ member, work, absence, people, link, refused }: ManageMemberProps) {
  const t = useT("members");
  const teams = useT("teams");
  const shell = useShell();
  const isOwner = useCan("members.owner");
  // Forms of one field or two: what is wrong with any of them is said above.
  const reasons = Object.values(refused?.error ?? {}).flatMap((list) => list ?? []);
  const mine = shell.member.email === member.email;
  if (member.role === "owner" && !isOwner) {
    return <p className="bg-sunken px-5 py-4 text-dim sm:pl-16">{t("ownerOnly")}</p>;
  }
  return (
    <div className="flex flex-col divide-y divide-line bg-sunken px-5 max-sm:rounded-lg max-sm:px-4 sm:pl-16">
      {reasons.length > 0 ? (
        <div className="py-3">
          <FormErrors errors={reasons} />
        </div>
      ) : null}
      {member.status === "active" ? (
        <>
          <RoleForm member={member} makesOwners={isOwner} />
          <CapacityForm member={member} />
          <div className="py-3">
            <p className="font-medium text-fg">{teams("absence")}</p>
            <AbsenceForm
              userId={member.userId}
              absence={absence}
              people={people.filter(({ userId, status }) => status === "active" && userId !== member.userId)}
            />
          </div>
          {isOwner ? <ResetForm member={member} link={link} /> : null}
          {mine ? null : <DeactivateForm member={member} work={work} />}
        </>
      ) : (
        <Act
          title={t("reactivate")}
          hint={t("reactivateHint", { name: member.name, tenant: shell.tenant.name })}
          member={member}
        >
          <Submit intent="reactivate">{t("reactivate")}</Submit>
        </Act>
      )}
    </div>
  );
}

function RoleForm({ member, makesOwners }: { member: Member; makesOwners: boolean }) {
  const t = useT("members");
  const shell = useT("shell");
  return (
    <Act title={t("role")} hint={t(`roleHint.${member.role}`)} member={member}>
      <Select
        name="role"
        defaultValue={member.role}
        key={member.role}
        size="sm"
        aria-label={t("role")}
        className="w-40!"
      >
        {roles
          .filter((role) => role !== "owner" || makesOwners)
          .map((role) => (
            <option key={role} value={role}>
              {shell(`role.${role}`)}
            </option>
          ))}
      </Select>
      <Submit intent="role">{t("changeRole")}</Submit>
    </Act>
  );
}

function CapacityForm({ member }: { member: Member }) {
  const t = useT("teams");
  return (
    <Act title={t("capacity")} hint={t("capacityHint", { name: member.name })} member={member}>
      <Input
        type="number"
        name="capacity"
        min={0}
        max={1_000}
        size="sm"
        key={member.capacity}
        defaultValue={member.capacity ?? ""}
        aria-label={t("capacity")}
        className="w-24!"
      />
      <Submit intent="capacity">{t("capacitySave")}</Submit>
    </Act>
  );
}

function ResetForm({ member, link }: { member: Member; link: ShownLink | null }) {
  const t = useT("members");
  if (link) {
    return (
      <div className="max-w-150 py-3">
        <LinkOnce title={t("resetReady", { name: member.name })} url={link.url} expiresAt={link.expiresAt} />
      </div>
    );
  }
  return (
    <Act title={t("reset")} hint={t("resetHint", { name: member.name })} member={member}>
      <Submit intent="reset">{t("resetMake")}</Submit>
    </Act>
  );
}

function DeactivateForm({ member, work }: { member: Member; work: Managed["work"] }) {
  const t = useT("members");
  const { tenant } = useShell();
  const left = t("stillAssigned", {
    conversations: t("conversations", { count: work.conversations }),
    tickets: t("tickets", { count: work.tickets }),
  });
  const hint = t("deactivateHint", { name: member.name, tenant: tenant.name });
  return (
    <Act
      title={t("deactivate")}
      hint={work.conversations + work.tickets > 0 ? `${hint} ${left}` : hint}
      member={member}
    >
      <Submit intent="deactivate" danger>
        {t("deactivate")}
      </Submit>
    </Act>
  );
}

function Act(props: { title: string; hint: string; member: Member; children: ReactNode }) {
  return (
    <Form method="post" preventScrollReset className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3">
      <input type="hidden" name="userId" value={props.member.userId} />
      <div className="min-w-60 flex-1">
        <p className="font-medium text-fg">{props.title}</p>
        <p className="max-w-130 text-xs text-dim">{props.hint}</p>
      </div>
      <div className="flex items-center gap-2">{props.children}</div>
    </Form>
  );
}

function Submit({ intent, danger = false, children }: { intent: string; danger?: boolean; children: string }) {
  const { state, formData } = useNavigation();
  const busy = state === "submitting" && formData?.get("intent") === intent;
  return (
    <Button type="submit" name="intent" value={intent} size="sm" busy={busy} className={danger ? "text-bad!" : ""}>
      {children}
    </Button>
  );
}
