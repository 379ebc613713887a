-- Who may do what. guichet_app serves; guichet_door owns the doors; guichet_auth alone reads schema auth.
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT oid::regclass AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
  LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO guichet_app', found.name);
  END LOOP;
END $$;

-- Append-only, or written through a door only.
REVOKE UPDATE, DELETE ON audit_log, analytics_events FROM guichet_app;
REVOKE INSERT, UPDATE, DELETE ON webhook_deliveries FROM guichet_app;
REVOKE INSERT, DELETE ON webhook_logs FROM guichet_app;
REVOKE INSERT, UPDATE, DELETE ON webhook_rejections FROM guichet_app;
REVOKE DELETE ON tenants FROM guichet_app;

GRANT USAGE ON SCHEMA public, door TO guichet_app;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA door FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA door TO guichet_app;

REVOKE ALL ON SCHEMA auth FROM PUBLIC;
GRANT USAGE ON SCHEMA auth TO guichet_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA auth TO guichet_auth;
