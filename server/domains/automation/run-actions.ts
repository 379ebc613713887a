import type { RuleAction, RunStep } from "#db/schema/automation.ts";
import type { Plan, PlanContext } from "./plan-action.ts";
import { planAction } from "./plan-action.ts";
import type { Subject, SubjectTicket } from "./subject.ts";

/** Does what was planned. Answers why it could not, or the ticket that it opened. */
export type Perform = (
  action: RuleAction,
  plan: Plan,
  subject: Subject,
) => Promise<{ skipped?: string; opened?: { id: string; number: number } }>;

/** A dry run does nothing. */
export const onlyImagine: Perform = () => Promise.resolve({});

/**
 * Carries out a rule's actions in their order, each on what those before it have made of the subject, in a real run and in a dry one
 * alike. What cannot be done is left out with its reason, and the rest is done.
 */
export async function runActions(
  actions: readonly RuleAction[],
  subject: Subject,
  context: PlanContext,
  perform: Perform,
): Promise<{ steps: RunStep[]; subject: Subject }> {
  const steps: RunStep[] = [];
  let current = subject;
  for (const action of actions) {
    const plan = planAction(action, current, context);
    if (plan.step.skipped) {
      steps.push(plan.step);
      continue;
    }
    const { skipped, opened } = await perform(action, plan, current);
    steps.push(skipped ? { do: action.do, skipped } : plan.step);
    if (!skipped) current = after(action, plan, current, opened);
  }
  return { steps, subject: current };
}

/** The subject as an action leaves it. */
function after(
  { do: what, value }: RuleAction,
  { text }: Plan,
  subject: Subject,
  opened = { id: "", number: 0 },
): Subject {
  const { ticket, conversation } = subject;
  const id = value === "none" ? null : value;
  switch (what) {
    case "status":
    case "priority":
      return { ...subject, ticket: ticket && ({ ...ticket, [what]: value } as SubjectTicket) };
    case "category":
      return { ...subject, ticket: ticket && { ...ticket, categoryId: id } };
    case "team":
    case "assignee": {
      const set = what === "team" ? { teamId: id } : { assigneeId: id };
      return {
        ...subject,
        ticket: ticket && { ...ticket, ...set },
        conversation: conversation && { ...conversation, ...set },
      };
    }
    case "add_label":
    case "remove_label": {
      const others = conversation?.labelIds.filter((one) => one !== value) ?? [];
      const labelIds = what === "add_label" ? [...others, value] : others;
      return { ...subject, conversation: conversation && { ...conversation, labelIds } };
    }
    case "open_ticket":
      return {
        ...subject,
        ticket: {
          ...newTicket,
          ...opened,
          subject: text ?? "",
          teamId: conversation?.teamId ?? null,
          assigneeId: conversation?.assigneeId ?? null,
        },
      };
    default:
      return subject;
  }
}

/** As `openTicket` opens one for a rule. */
const newTicket: Omit<SubjectTicket, "id" | "number" | "subject" | "teamId" | "assigneeId"> = {
  status: "open",
  priority: "medium",
  categoryId: null,
  source: "rule",
  description: "",
  merged: false,
};
