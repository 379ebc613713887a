import type { SubmissionResult } from "@conform-to/react";
import type { inferRouterOutputs } from "@trpc/server";
import { ChevronRight } from "lucide-react";
import { Fragment } from "react";
import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useShell } from "#app/shell/shell-data.ts";
import { PresenceDot } from "#app/shell/presence-dot.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Row, Table } from "#app/ui/table.tsx";
import type { AppRouter } from "#server/trpc/root.ts";

import type { AbsenceDays } from "../absence/absence-days.ts";
import type { ShownLink } from "./act-on-members.ts";
import { ManageMember } from "./manage-member.tsx";

export type Member = inferRouterOutputs<AppRouter>["members"]["list"][number];

export interface Managed {
  userId: string;
  work: { conversations: number; tickets: number };
  absence: AbsenceDays | null;
}

interface MemberTableProps {
  members: readonly Member[];
  managed: Managed | null;
  link: ShownLink | null;
  refused: SubmissionResult | undefined;
}

/** Everyone, with the one being managed opened in place. */
export function MemberTable({ members, managed, link, refused }: MemberTableProps) {
  const t = useT("members");
  const canManage = useCan("members.write");
  return (
    <Table label={t("title")}>
      <thead>
        <tr>
          <th scope="col">{t("member")}</th>
          <th scope="col">{t("role")}</th>
          <th scope="col">{t("status")}</th>
          <th scope="col">{t("joined")}</th>
          {canManage ? <th aria-hidden /> : null}
        </tr>
      </thead>
      <tbody>
        {members.map((member) => {
          const open = managed?.userId === member.userId;
          return (
            <Fragment key={member.userId}>
              <MemberRow member={member} open={open} />
              {open ? (
                <tr>
                  <td colSpan={5} data-wide className="p-0!">
                    <ManageMember
                      member={member}
                      work={managed.work}
                      absence={managed.absence}
                      people={members}
                      link={link?.who === member.userId ? link : null}
                      refused={refused}
                    />
                  </td>
                </tr>
              ) : null}
            </Fragment>
          );
        })}
      </tbody>
    </Table>
  );
}

function MemberRow({ member, open }: { member: Member; open: boolean }) {
  const t = useT("members");
  const shell = useT("shell");
  const format = useFormat();
  const canManage = useCan("members.write");
  const me = useShell().member.email === member.email;
  const name = (
    <>
      {member.name}
      {me ? <span className="ml-1.5 font-normal text-faint">({t("you")})</span> : null}
    </>
  );
  return (
    <Row current={open}>
      <td data-wide>
        <div className="flex items-center gap-3">
          <Avatar name={member.name} size="md" />
          <div className="min-w-0">
            {canManage ? (
              <Link
                className="row-link"
                to={open ? "?" : `?member=${member.userId}`}
                preventScrollReset
                aria-expanded={open}
                aria-label={open ? t("closeManage") : t("manage", { name: member.name })}
              >
                {name}
              </Link>
            ) : (
              <span className="font-medium text-fg">{name}</span>
            )}
            <div className="truncate text-xs text-faint">{member.email}</div>
          </div>
        </div>
      </td>
      <td>{shell(`role.${member.role}`)}</td>
      <td>
        {member.status === "active" ? (
          <PresenceDot presence={member.presence} absentUntil={member.absence?.now ? member.absence.until : null} />
        ) : (
          <Badge>{t(member.status)}</Badge>
        )}
      </td>
      <td data-label={t("joined")}>
        <time dateTime={member.joinedAt.toISOString()}>{format.date(member.joinedAt)}</time>
      </td>
      {canManage ? (
        <td className="end w-8" data-narrow="hide">
          <ChevronRight
            size={16}
            aria-hidden
            className={`inline text-faint transition-transform ${open ? "rotate-90" : ""}`}
          />
        </td>
      ) : null}
    </Row>
  );
}
