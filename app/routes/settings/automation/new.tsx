import { useSearchParams } from "react-router";

import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/new";
import { editRule } from "./edit-rule.ts";
import { emptyDraft } from "./read-draft.ts";
import { useReadyRule } from "./ready-rules.ts";
import { RuleEditor } from "./rule-editor.tsx";

export const loader = async ({ context }: Route.LoaderArgs) => ({
  choices: await context.get(apiContext).automation.choices(),
});

export const action = async ({ request, context, params }: Route.ActionArgs) =>
  editRule(
    await request.formData(),
    context.get(apiContext).automation,
    null,
    `/t/${params.tenant}/settings/automation`,
  );

export default function NewRule({ loaderData: { choices }, actionData }: Route.ComponentProps) {
  const [search] = useSearchParams();
  const ready = useReadyRule(search.get("ready"));
  return <RuleEditor isNew choices={choices} edited={actionData ?? { draft: ready ?? emptyDraft }} />;
}
