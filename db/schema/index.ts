export * from "./auth.ts";
export * from "./channels.ts";
export * from "./conversations.ts";
export * from "./customers.ts";
export * from "./tenants.ts";
export * from "./tickets.ts";
export * from "./webhooks.ts";
