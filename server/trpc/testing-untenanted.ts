/** Procedures that need a person and no tenant: they touch what is that person's own. */
export const personal = [
  "auth.changePassword",
  "auth.endSession",
  "auth.sessions",
  "auth.signOutEverywhere",
  "profile.choose",
];

/** Procedures for people who are not signed in. */
export const open = [
  "attachments.findSigned",
  "auth.demoAccounts",
  "auth.lookAtReset",
  "auth.resetPassword",
  "auth.signIn",
  "auth.signOut",
  "invitations.accept",
  "invitations.look",
  "setup.create",
  "setup.status",
  "simulator.behave",
  "simulator.callFunction",
  "simulator.changeAtProvider",
  "simulator.echo",
  "simulator.hangUp",
  "simulator.lines",
  "simulator.mail",
  "simulator.react",
  "simulator.read",
  "simulator.ring",
  "simulator.say",
  "simulator.unsend",
  "simulator.verifyAddress",
  "simulator.view",
  "simulator.watch",
  "simulator.write",
];
