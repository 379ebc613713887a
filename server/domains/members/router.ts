import { startSession } from "#server/auth/index.ts";
import { memberProcedure, publicProcedure, router, signedInProcedure } from "#server/trpc/init.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { changeRole } from "./change-role.ts";
import { chooseAlertMails } from "./choose-alert-mails.ts";
import { choosePreferences } from "./choose-preferences.ts";
import { chooseUndo } from "./choose-undo.ts";
import { countOpenWork } from "./count-open-work.ts";
import { deactivateMember } from "./deactivate-member.ts";
import { inviteMember } from "./invite-member.ts";
import { issueResetLink } from "./issue-reset-link.ts";
import { listInvitations } from "./list-invitations.ts";
import { listMembers } from "./list-members.ts";
import { lookAtInvitation } from "./look-at-invitation.ts";
import { mailInvitation } from "./mail-invitation.ts";
import { reactivateMember } from "./reactivate-member.ts";
import { readProfile } from "./read-profile.ts";
import { revokeInvitation } from "./revoke-invitation.ts";
import {
  acceptInvitationInput,
  alertMailsInput,
  changeRoleInput,
  chosenPreferences,
  invitationId,
  invitationToken,
  inviteMemberInput,
  memberId,
  undoInput,
  updateProfileInput,
} from "./schemas.ts";
import { updateProfile } from "./update-profile.ts";

/** People of a tenant. */
export const membersRouter = router({
  list: memberProcedure("members.read").query(({ ctx }) => listMembers(ctx.verb)),
  invitations: memberProcedure("members.write").query(({ ctx }) => listInvitations(ctx.verb)),
  invite: memberProcedure("members.write")
    .input(inviteMemberInput)
    .mutation(async ({ ctx, input }) => {
      const made = await inviteMember(ctx.verb, input);
      return { ...made, mailed: await mailInvitation(ctx.verb, { ...made, email: input.email }) };
    }),
  revokeInvitation: memberProcedure("members.write")
    .input(invitationId)
    .mutation(({ ctx, input }) => revokeInvitation(ctx.verb, input)),
  changeRole: memberProcedure("members.write")
    .input(changeRoleInput)
    .mutation(({ ctx, input }) => changeRole(ctx.verb, input)),
  deactivate: memberProcedure("members.write")
    .input(memberId)
    .mutation(({ ctx, input }) => deactivateMember(ctx.verb, input)),
  reactivate: memberProcedure("members.write")
    .input(memberId)
    .mutation(({ ctx, input }) => reactivateMember(ctx.verb, input)),
  openWork: memberProcedure("members.write")
    .input(memberId)
    .query(({ ctx, input }) => countOpenWork(ctx.verb, input)),
  issueResetLink: memberProcedure("members.owner")
    .input(memberId)
    .mutation(({ ctx, input }) => issueResetLink(ctx.verb, input)),
});

/** What a link invites to, for people who belong nowhere yet. */
export const invitationsRouter = router({
  look: publicProcedure.input(invitationToken).query(async ({ ctx, input }) => {
    const { tenantName, email, role, expiresAt } = await lookAtInvitation(ctx.client.address, input.token, ctx.clock);
    return { tenantName, email, role, expiresAt };
  }),
  accept: publicProcedure.input(acceptInvitationInput).mutation(async ({ ctx, input }) => {
    const person = ctx.viewer;
    const accepted = await acceptInvitation({ address: ctx.client.address, person }, ctx.clock, input);
    if (accepted.newPerson) ctx.setCookie(await startSession(accepted.person.userId, ctx.client.userAgent));
    return { slug: accepted.slug };
  }),
});

/** The acting member's own choices. */
export const profileRouter = router({
  /** From any page: language and theme, for the person wherever they work. */
  choose: signedInProcedure
    .input(chosenPreferences)
    .mutation(({ ctx, input }) => choosePreferences(ctx.viewer.userId, ctx.clock, input)),
  chooseAlertMails: memberProcedure("profile.write")
    .input(alertMailsInput)
    .mutation(({ ctx, input }) => chooseAlertMails(ctx.verb, input)),
  chooseUndo: memberProcedure("profile.write")
    .input(undoInput)
    .mutation(({ ctx, input }) => chooseUndo(ctx.verb, input)),
  read: memberProcedure("profile.write").query(({ ctx }) => readProfile(ctx.verb)),
  update: memberProcedure("profile.write")
    .input(updateProfileInput)
    .mutation(({ ctx, input }) => updateProfile(ctx.verb, input)),
});
