import type { SubmissionResult } from "@conform-to/react";

import { FormErrors } from "#app/ui/form-errors.tsx";

/** Why what was posted was refused, above lists whose lines have no place for it. */
export function RefusedBanner({ refused }: { refused: SubmissionResult | undefined }) {
  const reasons = refused?.error && Object.values(refused.error).flat();
  return <FormErrors errors={reasons && [reasons[0] ?? "invalid"]} />;
}
