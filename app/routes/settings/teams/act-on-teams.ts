import { redirect } from "react-router";

import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

export const assignments = ["by_hand", "round_robin", "least_loaded"] as const;

/** Every change of the teams page; `intent` names it. `here` is the page's own address. */
export async function actOnTeams(request: Request, teams: Caller["teams"], here: string) {
  const form = await request.formData();
  const intent = form.get("intent");
  return answerForm(form, async ({ teamId = "", userId = "", name = "", description = "", ...values }) => {
    switch (intent) {
      case "create": {
        const made = await teams.create({ name, description });
        return redirect(`${here}?team=${made.teamId}`);
      }
      case "update":
        await teams.update({
          teamId,
          name,
          description,
          assignment: assignments.find((known) => known === values["assignment"]),
          givesOffline: values["givesOffline"] === "yes",
        });
        return { saved: teamId };
      case "add":
        if (userId) await teams.addMember({ teamId, userId });
        return null;
      case "remove":
        await teams.removeMember({ teamId, userId });
        return null;
      case "delete":
        await teams.delete({ teamId });
        return redirect(here);
      case "senders":
        await teams.chooseSenders({ onlyAssignee: values["onlyAssignee"] === "yes" });
        return { saved: "senders" };
      default:
        throw new Response(null, { status: 400 });
    }
  });
}
