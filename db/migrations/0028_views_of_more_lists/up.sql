ALTER TABLE "saved_views" DROP CONSTRAINT "saved_views_area";
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_area" CHECK (area in ('webhook_logs', 'tickets', 'inbox', 'calls', 'prospects', 'appointments', 'customers'));
