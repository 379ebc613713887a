-- Row-level security on every tenant table, found in the catalog so that none can be forgotten.
-- Enabled and forced: even the owner of the tables sees one tenant at a time.
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT class.oid::regclass AS name, class.relname
      FROM pg_class class
      JOIN pg_attribute attribute ON attribute.attrelid = class.oid AND attribute.attname = 'tenant_id'
     WHERE class.relnamespace = 'public'::regnamespace
       AND class.relkind IN ('r', 'p')
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', found.name);
    EXECUTE format('DROP POLICY IF EXISTS tenant_isolation ON %s', found.name);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %s
         USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)
         WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', found.name);
  END LOOP;
END $$;

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant_isolation ON tenants;
CREATE POLICY tenant_isolation ON tenants
  USING (id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (id = nullif(current_setting('app.tenant_id', true), '')::uuid);
