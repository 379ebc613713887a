export { requireTeam } from "./find-team.ts";
export { listTeams, type Team } from "./list-teams.ts";
