export { joinTenant } from "./join-tenant.ts";
export type { Member } from "./list-members.ts";
export { listMembers } from "./list-members.ts";
