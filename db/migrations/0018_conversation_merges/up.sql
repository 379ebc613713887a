-- Conversations that go on in another: nothing of them is moved (decision 34).
ALTER TABLE "conversations" ADD COLUMN "merged_into_id" uuid;
ALTER TABLE "conversations" ADD COLUMN "thread_id" uuid;
ALTER TABLE "conversations" ADD COLUMN "merged_state" jsonb;
ALTER TABLE "conversations" DROP CONSTRAINT "conversations_status_check";
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_status_check" CHECK (status in ('open', 'snoozed', 'resolved', 'spam', 'merged'));
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_merged_check" CHECK ((status = 'merged') = (merged_into_id is not null) and (status = 'merged') = (thread_id is not null) and (status = 'merged') = (merged_state is not null));
CREATE INDEX "conversations_merged" ON "conversations" USING btree ("tenant_id","thread_id") WHERE thread_id is not null;
