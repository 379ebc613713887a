CREATE INDEX "waitlist_entries_until" ON "waitlist_entries" USING btree ("tenant_id","until_at") WHERE status = 'waiting';
