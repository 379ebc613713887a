import { sendAppointmentMessagesJob } from "#server/domains/appointment-messages/jobs.ts";
import { giveWaitingJob } from "#server/domains/assignment/jobs.ts";
import { sendAlertMailsJob, watchDeadLettersJob } from "#server/domains/alerts/jobs.ts";
import {
  emptyRemovalsJob,
  fetchAttachmentJob,
  removeUnusedUploadsJob,
  sweepAttachmentsJob,
} from "#server/domains/attachments/jobs.ts";
import { careForTokensJob, watchFailuresJob, watchSilenceJob } from "#server/domains/channels/jobs.ts";
import { readCalendarsJob } from "#server/domains/calendar-feeds/jobs.ts";
import { askAboutCallJob, followUpCallsJob, reconcileCallsJob } from "#server/domains/calls/jobs.ts";
import {
  fetchProfileJob,
  reconcileMessagesJob,
  releaseMessagesJob,
  sendMessageJob,
  sendReactionJob,
  sendScheduledJob,
  sweepMessagesJob,
  sweepScheduledJob,
  tellReadJob,
  wakeConversationsJob,
} from "#server/domains/conversations/jobs.ts";
import { sweepTemplatesJob, syncTemplatesJob } from "#server/domains/templates/jobs.ts";
import { pushNotificationJob, sendDigestsJob } from "#server/domains/notifications/jobs.ts";
import { maintainPartitionsJob, removeExpiredJob } from "#server/domains/log-retention/jobs.ts";
import {
  checkLedgersJob,
  countLogVolumesJob,
  replayJob,
  sweepReplaysJob,
  sweepWebhookLogsJob,
} from "#server/domains/webhook-logs/jobs.ts";
import { automationJob, sweepAutomationJob } from "#server/domains/automation/jobs.ts";
import { bulkJob, sweepBulkJob } from "#server/domains/tickets/jobs.ts";
import { recountDeadlinesJob, watchDeadlinesJob, watchLateTicketsJob } from "#server/domains/sla/jobs.ts";
import { lookAfterConnectionJob, sweepConnectionsJob } from "#server/domains/platform-connections/jobs.ts";
import { remindOwnersJob } from "#server/domains/prospects/jobs.ts";
import { askSurveysJob } from "#server/domains/surveys/jobs.ts";
import { endPastWaitsJob, stepOpeningsJob } from "#server/domains/waitlist/jobs.ts";
import type { Job, Periodic } from "./define-job.ts";

/** Every kind of job, assembled from the domains. */
export const jobs: readonly Job[] = [
  sendMessageJob,
  sendReactionJob,
  sendScheduledJob,
  tellReadJob,
  fetchProfileJob,
  releaseMessagesJob,
  fetchAttachmentJob,
  askAboutCallJob,
  replayJob,
  syncTemplatesJob,
  bulkJob,
  automationJob,
  lookAfterConnectionJob,
  pushNotificationJob,
  recountDeadlinesJob,
];

/** Everything that workers do again and again. */
export const periodic: readonly Periodic[] = [
  sweepMessagesJob,
  sweepScheduledJob,
  reconcileMessagesJob,
  wakeConversationsJob,
  reconcileCallsJob,
  followUpCallsJob,
  sweepAttachmentsJob,
  removeUnusedUploadsJob,
  emptyRemovalsJob,
  giveWaitingJob,
  sweepTemplatesJob,
  sweepConnectionsJob,
  careForTokensJob,
  watchSilenceJob,
  watchFailuresJob,
  watchDeadLettersJob,
  watchDeadlinesJob,
  watchLateTicketsJob,
  askSurveysJob,
  readCalendarsJob,
  sendAppointmentMessagesJob,
  stepOpeningsJob,
  endPastWaitsJob,
  remindOwnersJob,
  sendAlertMailsJob,
  sendDigestsJob,
  sweepWebhookLogsJob,
  sweepReplaysJob,
  sweepBulkJob,
  sweepAutomationJob,
  countLogVolumesJob,
  checkLedgersJob,
  maintainPartitionsJob,
  removeExpiredJob,
];

/** Every process that takes webhooks in applies them at once; the sweep above is behind it. */
export { startDraining } from "#server/domains/webhook-logs/jobs.ts";
