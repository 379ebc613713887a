DROP TABLE "webhook_ledger_checks";
DROP TABLE webhook_replays;
DROP INDEX webhook_logs_reason;
DROP INDEX webhook_logs_slow;
DROP INDEX webhook_logs_tried_again;
DROP TABLE webhook_log_volumes;
DROP TABLE webhook_log_counts;
DROP TABLE webhook_log_recounts;
