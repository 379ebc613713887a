import { memberProcedure, router } from "#server/trpc/init.ts";
import { chooseSenders, readSenders } from "./choose-senders.ts";
import { createTeam } from "./create-team.ts";
import { countTeamWork, deleteTeam } from "./delete-team.ts";
import { listTeams } from "./list-teams.ts";
import { chooseSendersInput, createTeamInput, teamMemberInput, teamRef, updateTeamInput } from "./schemas.ts";
import { addTeamMember, removeTeamMember } from "./team-members.ts";
import { updateTeam } from "./update-team.ts";

const reads = memberProcedure("members.read");
const writes = memberProcedure("teams.write");

/** Teams, and how they answer together. */
export const teamsRouter = router({
  list: reads.query(({ ctx }) => listTeams(ctx.verb)),
  create: writes.input(createTeamInput).mutation(({ ctx, input }) => createTeam(ctx.verb, input)),
  update: writes.input(updateTeamInput).mutation(({ ctx, input }) => updateTeam(ctx.verb, input)),
  countWork: writes.input(teamRef).query(({ ctx, input }) => countTeamWork(ctx.verb, input)),
  delete: writes.input(teamRef).mutation(({ ctx, input }) => deleteTeam(ctx.verb, input)),
  addMember: writes.input(teamMemberInput).mutation(({ ctx, input }) => addTeamMember(ctx.verb, input)),
  removeMember: writes.input(teamMemberInput).mutation(({ ctx, input }) => removeTeamMember(ctx.verb, input)),
  senders: reads.query(({ ctx }) => readSenders(ctx.verb)),
  chooseSenders: writes.input(chooseSendersInput).mutation(({ ctx, input }) => chooseSenders(ctx.verb, input)),
});
