import { useContext, useMemo, useState, type ReactNode } from "react";
import { UNSAFE_DataRouterDataContext as RouterData, useLocation } from "react-router";

/**
 * Lets what an action answered (a refusal with what was typed, a link that is shown once) stand until one
 * goes on: the router forgets it as soon as loaders run again, as news make them do (`live.ts`). A place in
 * the history has its key, which a submission and a link change and news do not. Around all pages.
 */
export function StandingAnswers({ children }: { children: ReactNode }) {
  const data = useContext(RouterData);
  const { key } = useLocation();
  const answers = data?.actionData ?? null;
  const [kept, keep] = useState({ key, answers });
  if (answers && (kept.answers !== answers || kept.key !== key)) keep({ key, answers });
  const standing = answers ?? (kept.key === key ? kept.answers : null);
  const known = useMemo(() => data && { ...data, actionData: standing }, [data, standing]);
  return <RouterData value={known}>{children}</RouterData>;
}
