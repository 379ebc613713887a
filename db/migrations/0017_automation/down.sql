-- Rules and their log go, and what members were told by rules; what rules did stays done.
ALTER TABLE notification_choices NO FORCE ROW LEVEL SECURITY;
ALTER TABLE notifications NO FORCE ROW LEVEL SECURITY;
DELETE FROM "notification_choices" WHERE kind = 'rule';
DELETE FROM "notifications" WHERE kind = 'rule';
ALTER TABLE notification_choices FORCE ROW LEVEL SECURITY;
ALTER TABLE notifications FORCE ROW LEVEL SECURITY;
ALTER TABLE "notification_choices" DROP CONSTRAINT "notification_choices_kind";
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed'));
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed'));
DROP TABLE "automation_runs";
DROP TABLE "automation_facts";
DROP TABLE "automation_rules";
