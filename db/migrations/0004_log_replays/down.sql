DROP TABLE webhook_replays;
DROP INDEX webhook_logs_reason;
DROP INDEX webhook_logs_slow;
DROP INDEX webhook_logs_tried_again;
