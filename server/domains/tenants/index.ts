export { createTenant } from "./create-tenant.ts";
export { ensurePlatformTenant } from "./ensure-platform-tenant.ts";
