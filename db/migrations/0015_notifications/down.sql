ALTER TABLE "user_profiles" DROP COLUMN "muted_until";
ALTER TABLE "user_profiles" DROP COLUMN "quiet_until";
ALTER TABLE "user_profiles" DROP COLUMN "quiet_from";
DROP TABLE "push_subscriptions";
DROP TABLE "notification_choices";
DROP TABLE "notifications";
