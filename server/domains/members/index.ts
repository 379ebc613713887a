export { joinTenant } from "./join-tenant.ts";
