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
-- Each owner speaks for its own functions: a grant by anybody else is ignored.
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT proc.oid::regprocedure AS name, owner.rolname AS owner
      FROM pg_proc proc JOIN pg_roles owner ON owner.oid = proc.proowner
     WHERE proc.pronamespace = 'door'::regnamespace
  LOOP
    EXECUTE format('SET LOCAL ROLE %I', found.owner);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', found.name);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO guichet_app', found.name);
    RESET ROLE;
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION door.new_id(), door.first_id_at(date) TO guichet_door;

-- Triggers call it for whoever writes: for the tables' owner too, where rows go because what they belong to goes.
DO $$
DECLARE
  tables_owner text := current_user;
BEGIN
  SET LOCAL ROLE guichet_door;
  EXECUTE format('GRANT EXECUTE ON FUNCTION door.forget_words(text[]) TO %I', tables_owner);
  RESET ROLE;
END $$;

REVOKE ALL ON SCHEMA auth FROM PUBLIC;
GRANT USAGE ON SCHEMA auth TO guichet_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA auth TO guichet_auth;

-- A statement over sixty days of the log looks dear enough to be compiled, which takes far longer than running it.
DO $$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
END $$;
