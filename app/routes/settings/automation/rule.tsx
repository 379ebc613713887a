import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/rule";
import { editRule } from "./edit-rule.ts";
import { RuleEditor } from "./rule-editor.tsx";

export async function loader({ context, params }: Route.LoaderArgs) {
  const { automation } = context.get(apiContext);
  const [rule, choices] = await Promise.all([automation.get({ ruleId: params.id }), automation.choices()]);
  return { rule, choices };
}

export const action = async ({ request, context, params }: Route.ActionArgs) =>
  editRule(
    await request.formData(),
    context.get(apiContext).automation,
    params.id,
    `/t/${params.tenant}/settings/automation`,
  );

export default function EditRule({ loaderData: { rule, choices }, actionData }: Route.ComponentProps) {
  return <RuleEditor isNew={false} choices={choices} edited={actionData ?? { draft: rule }} />;
}
