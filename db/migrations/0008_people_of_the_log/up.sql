-- The chart of a busy customer fetched a page of the log for each event; now it reads the index only.
DROP INDEX "webhook_logs_customer";
DROP INDEX "webhook_logs_identifier";
CREATE INDEX "webhook_logs_customer" ON "webhook_logs" USING btree ("tenant_id","customer_id","id","received_at","status","processing_time_ms","customer_identifier");
CREATE INDEX "webhook_logs_identifier" ON "webhook_logs" USING btree ("tenant_id","customer_identifier","id","received_at","status","processing_time_ms");
