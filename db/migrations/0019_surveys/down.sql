-- Questions and their answers go, and what was told of low scores; the messages that asked and answered stay messages.
ALTER TABLE notification_choices NO FORCE ROW LEVEL SECURITY;
ALTER TABLE notifications NO FORCE ROW LEVEL SECURITY;
DELETE FROM "notification_choices" WHERE kind = 'low_score';
DELETE FROM "notifications" WHERE kind = 'low_score';
ALTER TABLE notification_choices FORCE ROW LEVEL SECURITY;
ALTER TABLE notifications FORCE ROW LEVEL SECURITY;
ALTER TABLE "notification_choices" DROP CONSTRAINT "notification_choices_kind";
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed', 'rule'));
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed', 'rule'));
ALTER TABLE "conversations" DROP COLUMN "survey_until";
DROP TABLE "surveys";
DROP TABLE "survey_channels";
DROP TABLE "survey_settings";
