export { doubtConnection } from "./doubt-connection.ts";
export { connectionOfChannel, listConnections, type ConnectionSummary } from "./list-connections.ts";
