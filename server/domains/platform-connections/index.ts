export { doubtConnection } from "./doubt-connection.ts";
export type { ConnectionSummary } from "./list-connections.ts";
