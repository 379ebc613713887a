import { simulatorRouter } from "#server/simulator/router.ts";
import { appointmentMessagesRouter } from "#server/domains/appointment-messages/router.ts";
import { appointmentsRouter } from "#server/domains/appointments/router.ts";
import { assistantsRouter } from "#server/domains/assistants/router.ts";
import { assignmentRouter } from "#server/domains/assignment/router.ts";
import { automationRouter } from "#server/domains/automation/router.ts";
import { attachmentsRouter } from "#server/domains/attachments/router.ts";
import { bookingRouter } from "#server/domains/public-booking/router.ts";
import { calendarFeedsRouter } from "#server/domains/calendar-feeds/router.ts";
import { callsRouter } from "#server/domains/calls/router.ts";
import { conversationsRouter } from "#server/domains/conversations/router.ts";
import { draftsRouter } from "#server/domains/drafts/router.ts";
import { erasureRouter } from "#server/domains/erasure/router.ts";
import { flightsRouter } from "#server/domains/flights/router.ts";
import { labelsRouter } from "#server/domains/labels/router.ts";
import { liveRouter } from "#server/domains/live/router.ts";
import { prospectsRouter } from "#server/domains/prospects/router.ts";
import { quickRepliesRouter } from "#server/domains/quick-replies/router.ts";
import { channelsRouter } from "#server/domains/channels/router.ts";
import { authRouter } from "#server/auth/router.ts";
import { customersRouter } from "#server/domains/customers/router.ts";
import { invitationsRouter, membersRouter, profileRouter } from "#server/domains/members/router.ts";
import { connectionsRouter } from "#server/domains/platform-connections/router.ts";
import { presenceRouter } from "#server/domains/presence/router.ts";
import { notificationsRouter } from "#server/domains/notifications/router.ts";
import { overviewRouter } from "#server/domains/overview/router.ts";
import { setupRouter, shellRouter } from "#server/domains/tenants/router.ts";
import { mailRouter } from "#server/domains/mail/router.ts";
import { templatesRouter } from "#server/domains/templates/router.ts";
import { teamsRouter } from "#server/domains/teams/router.ts";
import { macrosRouter } from "#server/domains/macros/router.ts";
import { ticketFormsRouter } from "#server/domains/ticket-forms/router.ts";
import { ticketsRouter } from "#server/domains/tickets/router.ts";
import { logRetentionRouter } from "#server/domains/log-retention/router.ts";
import { waitlistRouter } from "#server/domains/waitlist/router.ts";
import { webhookLogsRouter } from "#server/domains/webhook-logs/router.ts";
import { searchRouter } from "#server/domains/search/router.ts";
import { surveysRouter } from "#server/domains/surveys/router.ts";
import { schedulingRouter } from "#server/domains/scheduling/router.ts";
import { slaRouter } from "#server/domains/sla/router.ts";
import { savedViewsRouter } from "#server/domains/saved-views/router.ts";
import { alertsRouter } from "#server/domains/alerts/router.ts";
import { createCallerFactory, router } from "./init.ts";

/** Every procedure of the program, assembled from the domains. */
export const appRouter = router({
  appointmentMessages: appointmentMessagesRouter,
  appointments: appointmentsRouter,
  assignment: assignmentRouter,
  assistants: assistantsRouter,
  attachments: attachmentsRouter,
  automation: automationRouter,
  alerts: alertsRouter,
  savedViews: savedViewsRouter,
  booking: bookingRouter,
  calendarFeeds: calendarFeedsRouter,
  calls: callsRouter,
  channels: channelsRouter,
  connections: connectionsRouter,
  conversations: conversationsRouter,
  drafts: draftsRouter,
  erasure: erasureRouter,
  flights: flightsRouter,
  labels: labelsRouter,
  live: liveRouter,
  logRetention: logRetentionRouter,
  auth: authRouter,
  customers: customersRouter,
  invitations: invitationsRouter,
  macros: macrosRouter,
  mail: mailRouter,
  members: membersRouter,
  notifications: notificationsRouter,
  overview: overviewRouter,
  presence: presenceRouter,
  profile: profileRouter,
  prospects: prospectsRouter,
  quickReplies: quickRepliesRouter,
  scheduling: schedulingRouter,
  search: searchRouter,
  setup: setupRouter,
  shell: shellRouter,
  simulator: simulatorRouter,
  sla: slaRouter,
  surveys: surveysRouter,
  teams: teamsRouter,
  templates: templatesRouter,
  ticketForms: ticketFormsRouter,
  tickets: ticketsRouter,
  waitlist: waitlistRouter,
  webhookLogs: webhookLogsRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
export type Caller = ReturnType<typeof createCaller>;
