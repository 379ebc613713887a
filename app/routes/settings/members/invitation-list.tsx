import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import type { Role } from "#app/shell/roles.ts";
import { useNow } from "#app/ui/now.tsx";
import { useFormat } from "#app/i18n/react.tsx";
import { RowAction } from "#app/ui/row-action.tsx";

interface OpenInvitation {
  id: string;
  email: string;
  role: Role;
  expiresAt: Date;
}

/** Links that wait for their person. */
export function InvitationList({ invitations }: { invitations: readonly OpenInvitation[] }) {
  const t = useT("members");
  const shell = useT("shell");
  const format = useFormat();
  const now = useNow();
  return (
    <section aria-labelledby="invitations" className="mt-8 px-5 pb-8 max-sm:px-4">
      <h2 id="invitations" className="mb-1 font-semibold">
        {t("invitations")}
      </h2>
      <ul className="divide-y divide-line border-y border-line">
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center gap-x-6 gap-y-1 py-2">
            <span className="min-w-48 flex-1 truncate font-medium">{invitation.email}</span>
            <span className="w-24 text-dim">{shell(`role.${invitation.role}`)}</span>
            <span className="w-32 text-xs text-faint">
              {t("expires", { when: format.relative(invitation.expiresAt, now) })}
            </span>
            <Form method="post" preventScrollReset>
              <input type="hidden" name="id" value={invitation.id} />
              <RowAction intent="revoke" label={t("revokeNamed", { email: invitation.email })}>
                {t("revoke")}
              </RowAction>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}
