export { findMember } from "./find-member.ts";
export { joinTenant } from "./join-tenant.ts";
export { type Assignee, listAssignees, requireAssignee } from "./list-assignees.ts";
