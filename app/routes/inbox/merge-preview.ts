import { apiContext } from "#app/context.ts";

import type { Route } from "./+types/merge-preview";

/** What merging a conversation would do, and into which of its customer's others it can be merged. */
export async function loader({ params, context }: Route.LoaderArgs) {
  return context.get(apiContext).conversations.previewMerge({ conversationId: params.conversation });
}
