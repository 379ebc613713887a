DROP INDEX "messages_not_sent";
DROP INDEX "alerts_key";
DROP TABLE "saved_views";
DROP TABLE "alert_mails";
ALTER TABLE "user_profiles" DROP COLUMN "alert_mails";
