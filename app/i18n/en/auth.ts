import type { auth as french } from "../fr/auth.ts";
import type { Same } from "../translate.ts";

export const auth: Same<typeof french> = {
  title: "Sign in",
};
