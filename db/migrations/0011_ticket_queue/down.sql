DROP INDEX "tickets_queue_rank";
DROP INDEX "tickets_queue_number";
DROP INDEX "tickets_queue_created";
ALTER TABLE "user_profiles" DROP COLUMN "ticket_columns";
DROP TABLE "ticket_bulk_items";
DROP TABLE "ticket_bulk_changes";
