-- The owner is under forced row-level security too.
ALTER TABLE "saved_views" NO FORCE ROW LEVEL SECURITY;
DELETE FROM "saved_views" WHERE area IN ('calls', 'prospects', 'appointments', 'customers');
ALTER TABLE "saved_views" FORCE ROW LEVEL SECURITY;
ALTER TABLE "saved_views" DROP CONSTRAINT "saved_views_area";
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_area" CHECK (area in ('webhook_logs', 'tickets', 'inbox'));
