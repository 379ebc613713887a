export { requireTeam } from "./find-team.ts";
