import { z } from "zod";
import { teamAssignments } from "#db/schema/teams.ts";

const name = z.string("required").trim().min(1, "required").max(60, "too_long");
const description = z.string().trim().max(300, "too_long");

export const createTeamInput = z.object({ name, description: description.default("") });
export type CreateTeamInput = z.input<typeof createTeamInput>;

export const teamRef = z.object({ teamId: z.uuid() });
export type TeamRef = z.infer<typeof teamRef>;

export const updateTeamInput = teamRef.extend({
  name: name.optional(),
  description: description.optional(),
  assignment: z.enum(teamAssignments).optional(),
  givesOffline: z.boolean().optional(),
});
export type UpdateTeamInput = z.infer<typeof updateTeamInput>;

export const teamMemberInput = teamRef.extend({ userId: z.uuid() });
export type TeamMemberInput = z.infer<typeof teamMemberInput>;

export const chooseSendersInput = z.object({ onlyAssignee: z.boolean() });
export type ChooseSendersInput = z.infer<typeof chooseSendersInput>;
