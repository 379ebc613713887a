DROP INDEX "tickets_seeking";
DROP INDEX "tickets_team";
DROP INDEX "tickets_queue_team";
DROP INDEX "conversations_seeking";
DROP INDEX "conversations_team";
ALTER TABLE "tickets" DROP CONSTRAINT tickets_team_fk, DROP COLUMN "seeking_since", DROP COLUMN "team_id";
ALTER TABLE "conversations" DROP CONSTRAINT conversations_team_fk, DROP COLUMN "seeking_since", DROP COLUMN "team_id";
-- A channel that named somebody goes on doing so; one whose team shared its work forgets that it did.
ALTER TABLE "channel_configurations" DROP CONSTRAINT channel_configurations_team_fk,
  DROP CONSTRAINT "channel_configurations_assignment_of", DROP CONSTRAINT "channel_configurations_assignment",
  DROP COLUMN "assignment", DROP COLUMN "default_team_id";
ALTER TABLE "memberships" DROP CONSTRAINT memberships_substitute_fk, DROP CONSTRAINT "memberships_absence",
  DROP CONSTRAINT "memberships_capacity", DROP COLUMN "last_given_at", DROP COLUMN "substitute_id",
  DROP COLUMN "absent_until", DROP COLUMN "absent_from", DROP COLUMN "away", DROP COLUMN "capacity";
ALTER TABLE "tenants" DROP COLUMN "only_assignee_sends";
DROP TABLE "member_connections";
DROP TABLE "team_members";
DROP TABLE "teams";
