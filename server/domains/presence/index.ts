export { connectMember, disconnectMembers } from "./connections.ts";
export { absentUntilAt, connectedSince, type Presence, presenceAt } from "./presence-of.ts";
