import type { PageRequest } from "#app/context.ts";
import type { Caller } from "#server/trpc/root.ts";
import { isRole } from "#app/shell/roles.ts";
import { answerForm } from "#app/shell/answer-form.ts";

import { absenceOf } from "../absence/absence-days.ts";
import { zoneOf } from "../absence/zone-of.ts";

/** A link that is shown once. */
export interface ShownLink {
  kind: "invitation" | "reset";
  /** The email invited, or the member's id. */
  who: string;
  url: string;
  expiresAt: Date;
  /** Whether it was sent to whom it is for as well. */
  mailed?: "sent" | "unsent" | "none";
}

/** Every change of the members page; `intent` names it. */
export async function actOnMembers(request: Request, { assignment, members }: Caller, page: PageRequest) {
  const { origin } = page;
  const form = await request.formData();
  const intent = form.get("intent");
  return answerForm(form, async ({ email = "", role = "", userId = "", id = "", capacity = "", ...values }) => {
    switch (intent) {
      case "invite": {
        const { token, expiresAt, mailed } = await members.invite({ email, role: isRole(role) ? role : "agent" });
        const url = `${origin}/invitations/${token}`;
        return { link: { kind: "invitation", who: email.trim(), url, expiresAt, mailed } satisfies ShownLink };
      }
      case "reset": {
        const { token, expiresAt } = await members.issueResetLink({ userId });
        return { link: { kind: "reset", who: userId, url: `${origin}/reset/${token}`, expiresAt } satisfies ShownLink };
      }
      case "role":
        if (isRole(role)) await members.changeRole({ userId, role });
        return null;
      case "deactivate":
        await members.deactivate({ userId });
        return null;
      case "reactivate":
        await members.reactivate({ userId });
        return null;
      case "capacity":
        // What is no number is refused beside its field.
        await assignment.setCapacity({ userId, capacity: capacity.trim() === "" ? null : Number(capacity) });
        return null;
      case "absence":
        await assignment.setAbsence({ userId, ...absenceOf(values, zoneOf(page)) });
        return null;
      case "absence-end":
        await assignment.endAbsence({ userId });
        return null;
      case "revoke":
        await members.revokeInvitation({ id });
        return null;
      default:
        throw new Response(null, { status: 400 });
    }
  });
}

/** The link inside the action's answer, if it made one. */
export function linkIn(answer: unknown): ShownLink | null {
  return typeof answer === "object" && answer !== null && "link" in answer ? (answer.link as ShownLink) : null;
}
