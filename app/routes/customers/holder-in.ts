import type { SubmissionResult } from "@conform-to/react";

import type { Caller } from "#server/trpc/root.ts";

/** Who holds the phone or email that a form was refused for, so that the refusal can lead to them. */
export async function holderIn(
  api: Caller,
  result: SubmissionResult,
  form: FormData,
): Promise<{ id: string; name: string } | null> {
  for (const kind of ["phone", "email"] as const) {
    if (result.error?.[kind]?.includes("identity_taken"))
      return api.customers.holder({ kind, value: String(form.get(kind)) });
  }
  return null;
}
