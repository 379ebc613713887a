import {
  reconcileMessagesJob,
  releaseMessagesJob,
  sendMessageJob,
  sweepMessagesJob,
} from "#server/domains/conversations/jobs.ts";
import { maintainPartitionsJob, sweepWebhookLogsJob } from "#server/domains/webhook-logs/jobs.ts";
import type { Job, Periodic } from "./define-job.ts";

/** Every kind of job, assembled from the domains. */
export const jobs: readonly Job[] = [sendMessageJob, releaseMessagesJob];

/** Everything that workers do again and again. */
export const periodic: readonly Periodic[] = [
  sweepMessagesJob,
  reconcileMessagesJob,
  sweepWebhookLogsJob,
  maintainPartitionsJob,
];

/** Every process that takes webhooks in applies them at once; the sweep above is behind it. */
export { startDraining } from "#server/domains/webhook-logs/jobs.ts";
