-- Personal ready-made answers go: their shortcuts may be those of shared ones. So do drafts, and replies that have not left.
DELETE FROM "quick_replies" WHERE owner_id IS NOT NULL;
DROP INDEX "quick_replies_own_shortcut";
DROP INDEX "quick_replies_shortcut";
ALTER TABLE "quick_replies" DROP COLUMN "owner_id";
CREATE UNIQUE INDEX "quick_replies_shortcut" ON "quick_replies" USING btree ("tenant_id","shortcut");
ALTER TABLE "user_profiles" DROP COLUMN "undo_seconds";
DROP TABLE "scheduled_messages";
DROP TABLE "drafts";
