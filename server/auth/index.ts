export { useAuthPool } from "./auth-pool.ts";
export type { Person } from "./people.ts";
export { createPerson, findPerson, membershipsOf, ownerAccount, updatePerson } from "./people.ts";
export { readViewer } from "./read-viewer.ts";
export { issuePasswordReset } from "./reset-password.ts";
export { endSessionsOf, rememberTenant, startSession } from "./sessions.ts";
export { issueSetupToken, setupIsOpen, useSetupToken } from "./setup-token.ts";
export { countAttempt, networkOf } from "./sign-in-limit.ts";
