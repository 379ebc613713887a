DROP INDEX webhook_log_volumes_days;
DROP INDEX webhook_logs_tried_again;
DROP INDEX webhook_logs_slow;
CREATE INDEX webhook_logs_slow ON webhook_logs USING btree (tenant_id, id) WHERE processing_time_ms >= 1000;
CREATE INDEX webhook_logs_tried_again ON webhook_logs USING btree (tenant_id, id) WHERE attempts > 1;
DROP INDEX webhook_logs_nobody;
DROP INDEX webhook_logs_status;
CREATE INDEX webhook_logs_status ON webhook_logs USING btree (tenant_id, status, id);
ALTER TABLE webhook_logs DROP COLUMN kind;
