DROP INDEX webhook_logs_nobody;
DROP INDEX webhook_logs_status;
CREATE INDEX webhook_logs_status ON webhook_logs USING btree (tenant_id, status, id);
ALTER TABLE webhook_logs DROP COLUMN kind;
