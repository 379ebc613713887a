/** Changes that no audit row tells of, and why. Every other change that a member makes leaves one. */
export const untraced: Record<string, string> = {
  "appointments.hold": "kept for minutes; told once it is booked",
  "appointments.release": "the same, given back",
  "attachments.discard": "an upload that nobody was shown",
  "attachments.upload": "told with the message that takes it",
  "connections.begin": "told once the platform has answered",
  "conversations.markRead": "reading",
  "conversations.markPersonRead": "reading",
  "drafts.save": "not said yet",
  "notifications.see": "reading",
  "presence.tell": "looking",
  "quickReplies.use": "told with the message that says it",
  "savedViews.remove": "one's own",
  "savedViews.rename": "one's own",
  "savedViews.save": "one's own",
  "savedViews.update": "one's own",
  "templates.sync": "what the provider says already, read anew",
  "tickets.chooseColumns": "one's own screen",
};

/** What has to be done before there is something to change; ids that it answers are taken over. */
export const first: Record<string, string> = {
  "appointments.reopen": "appointments.cancel",
  "prospects.undoConversion": "prospects.convert",
  "waitlist.undoLeave": "waitlist.leave",
  "assignment.comeBack": "assignment.leave",
  "assignment.endAbsence": "assignment.setAbsence",
  "calendarFeeds.disconnect": "calendarFeeds.connect",
  "calendarFeeds.renew": "calendarFeeds.publish",
  "calendarFeeds.revoke": "calendarFeeds.publish",
  "conversations.giveUp": "conversations.retry",
  "conversations.reopen": "conversations.resolve",
  "conversations.unblock": "conversations.block",
  "members.reactivate": "members.deactivate",
  "teams.removeMember": "teams.addMember",
  "tickets.merge.delete": "tickets.merge.create",
  "tickets.resolution.delete": "tickets.resolution.create",
  "webhookLogs.cancelReplay": "webhookLogs.startReplay",
};

/** Changes that need what only their own test brings about: what it looks for in the audit log, and where. */
export const elsewhere: Record<string, { action: string; test: string }> = {
  "assistants.send": { action: "assistant.send", test: "assistants/assistants.test.ts" },
  "connections.choose": { action: "connection.choose", test: "platform-connections/platforms.test.ts" },
  "connections.finish": { action: "connection.create", test: "platform-connections/platform-connections.test.ts" },
  "connections.openChannel": { action: "channel.create", test: "platform-connections/platforms.test.ts" },
  "customers.create": { action: "customer.create", test: "customers/customers.test.ts" },
  "tickets.bulk.cancel": { action: "ticket.bulk_cancel", test: "tickets/bulk.test.ts" },
  "waitlist.offer": { action: "waitlist.offer", test: "waitlist/waitlist.test.ts" },
  "webhookLogs.claimEarlier": { action: "webhook_log.claim", test: "webhook-logs/claim-earlier.test.ts" },
};
