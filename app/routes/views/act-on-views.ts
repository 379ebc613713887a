import { redirect } from "react-router";

import { ownPath } from "#app/routes/auth/safe-next.ts";
import { answerForm } from "#app/shell/answer-form.ts";
import { viewParams, type ViewArea } from "#app/shell/saved-views.tsx";
import type { Caller } from "#server/trpc/root.ts";

/**
 * Every change of a list's views; `intent` names it. What is saved or brought up to date leads back to the
 * list, with the view open; the rest back to this page.
 */
export async function actOnViews(request: Request, views: Caller["savedViews"], area: ViewArea) {
  const back = ownPath(new URL(request.url).searchParams.get("back") ?? "/");
  const form = await request.formData();
  const intent = form.get("intent");
  return answerForm(form, async ({ id: viewId = "", name = "", query = "", shared }) => {
    switch (intent) {
      case "save": {
        const saved = await views.save({ area, name, query: paramsOf(query), shared: shared === "yes" });
        return redirect(listAt(back, area, query, saved.viewId));
      }
      case "update":
        await views.update({ viewId, query: paramsOf(query) });
        return redirect(listAt(back, area, query, viewId));
      case "rename":
        await views.rename({ viewId, name });
        return null;
      case "share":
        await views.share({ viewId, shared: shared === "yes" });
        return null;
      case "remove":
        await views.remove({ viewId });
        return null;
      default:
        throw new Response(null, { status: 400 });
    }
  });
}

function paramsOf(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

function listAt(back: string, area: ViewArea, query: string, viewId: string): string {
  const params = new URLSearchParams(query);
  params.set(viewParams[area], viewId);
  return `${back.split("?")[0]}?${params}`;
}
