DROP INDEX webhook_logs_identifier;
DROP INDEX webhook_logs_customer;
CREATE INDEX webhook_logs_customer ON webhook_logs USING btree (tenant_id, customer_id, id);
CREATE INDEX webhook_logs_identifier ON webhook_logs USING btree (tenant_id, customer_identifier, id);
