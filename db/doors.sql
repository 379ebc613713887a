-- Doors: the only code that crosses tenants. Each returns the least it can. They belong to guichet_door
-- (no login, no superuser, no BYPASSRLS), which sees exactly the tables that a policy below opens to it;
-- a definer function of the table owner would see nothing under FORCE ROW LEVEL SECURITY.
-- A new door needs a page in docs/decisions and a leak test.
CREATE SCHEMA IF NOT EXISTS door;
GRANT USAGE, CREATE ON SCHEMA door TO guichet_door, guichet_auth;
GRANT USAGE ON SCHEMA public TO guichet_door, guichet_auth;

-- What guichet_door may see and do, table by table.
DO $$
DECLARE
  opened record;
BEGIN
  FOR opened IN SELECT * FROM (VALUES
    ('tenants', 'select', 'guichet_door'),
    ('tenants', 'select', 'guichet_auth'),
    ('memberships', 'select', 'guichet_auth'),
    ('user_profiles', 'select', 'guichet_auth'),
    ('invitations', 'select', 'guichet_door'),
    ('channel_configurations', 'select', 'guichet_door'),
    ('channel_routing_keys', 'select', 'guichet_door'),
    ('webhook_deliveries', 'insert', 'guichet_door'),
    ('webhook_deliveries', 'select', 'guichet_door'),
    ('webhook_deliveries', 'delete', 'guichet_door'),
    ('webhook_deliveries', 'update (tenant_id, path, headers, body, erased_at)', 'guichet_door'),
    ('webhook_logs', 'select', 'guichet_door'),
    ('webhook_logs', 'insert', 'guichet_door'),
    ('webhook_logs', 'delete', 'guichet_door'),
    ('webhook_log_counts', 'select', 'guichet_door'),
    ('customers', 'select (tenant_id, id, erased_at)', 'guichet_door'),
    ('conversations', 'select (tenant_id, id, customer_id, snoozed_until, seeking_since, status, archived, assignee_id)', 'guichet_door'),
    ('audit_log', 'select', 'guichet_door'),
    ('audit_log', 'update (data)', 'guichet_door'),
    ('webhook_replays', 'select', 'guichet_door'),
    ('webhook_rejections', 'select', 'guichet_door'),
    ('webhook_rejections', 'insert', 'guichet_door'),
    ('webhook_rejections', 'update', 'guichet_door'),
    ('webhook_rejections', 'delete', 'guichet_door'),
    ('analytics_events', 'select', 'guichet_door'),
    ('analytics_events', 'delete', 'guichet_door'),
    ('messages', 'select', 'guichet_door'),
    ('platform_connections', 'select', 'guichet_door'),
    ('mailbox_leases', 'select', 'guichet_door'),
    ('attachments', 'select', 'guichet_door'),
    ('drafts', 'select (tenant_id, attachment_ids)', 'guichet_door'),
    ('scheduled_messages', 'select (tenant_id, conversation_id, attachment_ids, status, scheduled_for)', 'guichet_door'),
    ('storage_removals', 'select', 'guichet_door'),
    ('automation_facts', 'select (tenant_id, id, occurred_at)', 'guichet_door'),
    ('surveys', 'select (tenant_id, id, status, due_at, token_hash)', 'guichet_door'),
    ('appointment_messages', 'select (tenant_id, id, status, due_at)', 'guichet_door'),
    ('waitlist_openings', 'select (tenant_id, id, due_at)', 'guichet_door'),
    ('waitlist_entries', 'select (tenant_id, id, status, until_at)', 'guichet_door'),
    ('calendar_feeds', 'select (tenant_id, id, token_hash)', 'guichet_door'),
    ('busy_calendars', 'select (tenant_id, id, due_at)', 'guichet_door'),
    ('waitlist_offers', 'select (tenant_id, id, token_hash)', 'guichet_door'),
    ('prospects', 'select (tenant_id, id, remind_at)', 'guichet_door'),
    ('customer_search', 'select', 'guichet_door'),
    ('search_texts', 'select', 'guichet_door'),
    ('search_words', 'select', 'guichet_door'),
    ('search_words', 'delete', 'guichet_door'),
    ('tickets', 'select', 'guichet_door'),
    ('ticket_bulk_changes', 'select', 'guichet_door'),
    ('alert_mails', 'select', 'guichet_door'),
    ('notifications', 'select (tenant_id, id, mail, mail_due_at, mail_claimed_at)', 'guichet_door'),
    ('call_logs', 'select', 'guichet_door'),
    ('channel_configurations', 'update (last_webhook_at, webhook_status)', 'guichet_door'),
    ('webhook_logs', 'update (status, reason, processing_time_ms, error_message, processed_at, attempts, tenant_id, channel_id)', 'guichet_door')
  ) AS list (name, verb, holder)
  LOOP
    EXECUTE format('GRANT %s ON %I TO %I', opened.verb, opened.name, opened.holder);
    opened.verb := split_part(opened.verb, ' ', 1);
    EXECUTE format('DROP POLICY IF EXISTS %I ON %I', 'door_' || opened.verb || '_' || opened.holder, opened.name);
    EXECUTE format(
      'CREATE POLICY %I ON %I FOR %s TO %I %s',
      'door_' || opened.verb || '_' || opened.holder, opened.name, opened.verb, opened.holder,
      CASE opened.verb WHEN 'insert' THEN 'WITH CHECK (true)' WHEN 'update' THEN 'USING (true) WITH CHECK (true)' ELSE 'USING (true)' END);
  END LOOP;
END $$;

-- Where a signed-in person may work. Asked by the session, so that nobody can ask it about somebody else.
CREATE OR REPLACE FUNCTION door.memberships_of_session(session_hash text)
RETURNS TABLE (
  user_id uuid, tenant_id uuid, slug text, name text, kind text, timezone text, locale text, currency text, demo boolean,
  role text, email text, display_name text, member_locale text, member_timezone text, theme text, seen_last boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT session.user_id, tenant.id, tenant.slug, tenant.name, tenant.kind, tenant.timezone, tenant.locale, tenant.currency, tenant.demo,
         membership.role, membership.email, profile.display_name, profile.locale, profile.timezone, profile.theme,
         tenant.id IS NOT DISTINCT FROM session.last_tenant_id
    FROM auth.sessions session
    JOIN public.memberships membership ON membership.user_id = session.user_id AND membership.status = 'active'
    JOIN public.tenants tenant ON tenant.id = membership.tenant_id
    JOIN public.user_profiles profile ON profile.tenant_id = membership.tenant_id AND profile.user_id = membership.user_id
   WHERE session.id = session_hash AND session.expires_at > now()
   ORDER BY tenant.name
$$;
ALTER FUNCTION door.memberships_of_session(text) OWNER TO guichet_auth;

-- The channel behind each routing key, with what verifying its posts needs (sealed).
CREATE OR REPLACE FUNCTION door.channels_by_routing_key(keys text[])
RETURNS TABLE (
  key text, tenant_id uuid, channel_id uuid, provider text, channel_type text, enabled boolean, observe_mode boolean,
  config_encrypted text, verify_token text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT routing.key, channel.tenant_id, channel.id, channel.provider, channel.channel_type, channel.enabled, channel.observe_mode,
         channel.config_encrypted, channel.verify_token
    FROM public.channel_routing_keys routing
    JOIN public.channel_configurations channel ON channel.tenant_id = routing.tenant_id AND channel.id = routing.channel_id
   WHERE routing.key = ANY (keys)
$$;
ALTER FUNCTION door.channels_by_routing_key(text[]) OWNER TO guichet_door;

-- The tenant that owns what no tenant claims.
CREATE OR REPLACE FUNCTION door.platform_tenant()
RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT id FROM public.tenants WHERE kind = 'platform' $$;
ALTER FUNCTION door.platform_tenant() OWNER TO guichet_door;

-- The business whose public pages stand under a name. What it shows there its own rows say.
CREATE OR REPLACE FUNCTION door.business_of_slug(wanted text)
RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT id FROM public.tenants WHERE slug = wanted AND kind = 'business' $$;
ALTER FUNCTION door.business_of_slug(text) OWNER TO guichet_door;

-- True on a database where nobody has set anything up yet.
CREATE OR REPLACE FUNCTION door.has_no_tenant()
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT NOT EXISTS (SELECT FROM public.tenants WHERE kind = 'business') $$;
ALTER FUNCTION door.has_no_tenant() OWNER TO guichet_door;

-- The tenant that a token opens. `what` is invitation, while it is good, or survey or waitlist_offer: what became of those their tenant says.
CREATE OR REPLACE FUNCTION door.owner_of_token(what text, hash text)
RETURNS TABLE (tenant_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT invitation.tenant_id, invitation.id
    FROM public.invitations invitation
   WHERE what = 'invitation' AND invitation.token_hash = hash
     AND invitation.accepted_at IS NULL AND invitation.revoked_at IS NULL AND invitation.expires_at > now()
  UNION ALL
  SELECT survey.tenant_id, survey.id FROM public.surveys survey
   WHERE what = 'survey' AND survey.token_hash = hash
  UNION ALL
  SELECT offer.tenant_id, offer.id FROM public.waitlist_offers offer
   WHERE what = 'waitlist_offer' AND offer.token_hash = hash
  UNION ALL
  SELECT feed.tenant_id, feed.id FROM public.calendar_feeds feed
   WHERE what = 'calendar_feed' AND feed.token_hash = hash
$$;
ALTER FUNCTION door.owner_of_token(text, text) OWNER TO guichet_door;

-- Tenants, for maintenance that walks them one by one.
CREATE OR REPLACE FUNCTION door.tenants_for_maintenance()
RETURNS TABLE (tenant_id uuid, timezone text, log_retention_days integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT id, timezone, log_retention_days FROM public.tenants $$;
ALTER FUNCTION door.tenants_for_maintenance() OWNER TO guichet_door;

-- What is due across tenants, oldest first: `webhook_logs` left by a crash or waiting for another try,
-- `ticket_bulk_changes` whose worker died, and `ticket_bulk_undos` that nobody may ask for any more,
-- `ticket_deadlines` that are to be told of, ahead or missed,
-- `messages` that nobody has sent yet (one whose fate is unknown waits for its status event, never for a new try),
-- `unknown_messages` that their provider may be asked about at `older_than`, `attachments` still to be fetched,
-- conversations of `scheduled_messages` whose time has come, `surveys` that are to be asked, `busy_calendars` that are to be read, `prospect_follow_ups` whose owner is to be told,
-- `waitlist` openings that somebody is to be asked about, `past_waits` of those whose last day is over at `older_than`,
-- `automation`: businesses whose rules have something to look at since `older_than`,
-- `calls` whose provider is to be asked what became of them,
-- `channel_tokens` that were copied by hand and are to be looked after, `tokens_ending` before `older_than`,
-- `mailboxes` that no process reads, `templates` of channels to be read from their provider, `unused_uploads` that no message took, `storage_removals` of bytes whose row is gone,
-- `snoozed` conversations whose time has come at `older_than`,
-- `notification_mails` likewise for what members did not see,
-- `alert_mails` owed to members by `older_than`, and those whose sender has not been heard of for ten minutes.
CREATE OR REPLACE FUNCTION door.due(what text, most integer, older_than timestamptz)
RETURNS TABLE (tenant_id uuid, id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF what = 'webhook_logs' THEN
    -- The first condition repeats the partial index; the rest is read from the few rows it holds.
    RETURN QUERY
      SELECT log.tenant_id, log.id FROM public.webhook_logs log
       WHERE log.status IN ('received', 'retrying')
         AND ((log.status = 'received' AND log.delivery_id IS NOT NULL AND log.received_at < older_than)
           OR (log.status = 'retrying' AND log.next_attempt_at < now()))
       ORDER BY log.id LIMIT most;
  ELSIF what = 'webhook_replays' THEN
    RETURN QUERY
      SELECT replay.tenant_id, replay.id FROM public.webhook_replays replay
       WHERE replay.status = 'running' AND replay.stepped_at < older_than
       ORDER BY replay.id LIMIT most;
  ELSIF what = 'ticket_bulk_changes' THEN
    RETURN QUERY
      SELECT bulk.tenant_id, bulk.id FROM public.ticket_bulk_changes bulk
       WHERE bulk.status = 'running' AND bulk.stepped_at < older_than ORDER BY bulk.id LIMIT most;
  ELSIF what = 'ticket_bulk_undos' THEN
    RETURN QUERY
      SELECT bulk.tenant_id, bulk.id FROM public.ticket_bulk_changes bulk
       WHERE bulk.undo_until < older_than ORDER BY bulk.id LIMIT most;
  ELSIF what = 'messages' THEN
    RETURN QUERY
      SELECT message.tenant_id, message.id FROM public.messages message
       WHERE message.direction = 'out' AND message.status = 'pending' AND message.created_at < older_than
         -- Those of a blocked channel wait for its admin.
         AND NOT EXISTS (SELECT FROM public.channel_configurations channel
                          WHERE channel.tenant_id = message.tenant_id AND channel.id = message.channel_id
                            AND channel.sending_blocked IS NOT NULL)
       ORDER BY message.id LIMIT most;
  ELSIF what = 'snoozed' THEN
    RETURN QUERY
      SELECT thread.tenant_id, thread.id FROM public.conversations thread
       WHERE thread.snoozed_until IS NOT NULL AND thread.snoozed_until <= older_than
       ORDER BY thread.snoozed_until LIMIT most;
  ELSIF what = 'ticket_deadlines' THEN
    RETURN QUERY
      SELECT ticket.tenant_id, ticket.id FROM public.tickets ticket
       WHERE ticket.sla_watch_at IS NOT NULL AND ticket.sla_watch_at <= older_than
       ORDER BY ticket.sla_watch_at LIMIT most;
  ELSIF what = 'scheduled_messages' THEN
    RETURN QUERY
      SELECT planned.tenant_id, planned.conversation_id FROM public.scheduled_messages planned
       WHERE planned.status = 'scheduled' AND planned.scheduled_for < older_than
       ORDER BY planned.scheduled_for LIMIT most;
  ELSIF what = 'surveys' THEN
    RETURN QUERY
      SELECT survey.tenant_id, survey.id FROM public.surveys survey
       WHERE survey.status = 'planned' AND survey.due_at <= older_than ORDER BY survey.due_at LIMIT most;
  ELSIF what = 'prospect_follow_ups' THEN
    RETURN QUERY
      SELECT prospect.tenant_id, prospect.id FROM public.prospects prospect
       WHERE prospect.remind_at IS NOT NULL AND prospect.remind_at <= older_than ORDER BY prospect.remind_at LIMIT most;
  ELSIF what = 'appointment_messages' THEN
    RETURN QUERY
      SELECT planned.tenant_id, planned.id FROM public.appointment_messages planned
       WHERE planned.status = 'planned' AND planned.due_at <= older_than ORDER BY planned.due_at LIMIT most;
  ELSIF what = 'waitlist' THEN
    RETURN QUERY
      SELECT opening.tenant_id, opening.id FROM public.waitlist_openings opening
       WHERE opening.due_at <= older_than ORDER BY opening.due_at LIMIT most;
  ELSIF what = 'past_waits' THEN
    RETURN QUERY
      SELECT entry.tenant_id, entry.id FROM public.waitlist_entries entry
       WHERE entry.status = 'waiting' AND entry.until_at <= older_than ORDER BY entry.until_at LIMIT most;
  ELSIF what = 'busy_calendars' THEN
    RETURN QUERY
      SELECT calendar.tenant_id, calendar.id FROM public.busy_calendars calendar
       WHERE calendar.due_at <= older_than ORDER BY calendar.due_at LIMIT most;
  ELSIF what = 'automation' THEN
    -- Businesses whose rules have not looked at something for that long.
    RETURN QUERY
      SELECT DISTINCT fact.tenant_id, fact.tenant_id FROM public.automation_facts fact
       WHERE fact.occurred_at < older_than LIMIT most;
  ELSIF what = 'assignments' THEN
    -- Businesses in which open work waits for somebody who can take it.
    RETURN QUERY
      SELECT DISTINCT waiting.tenant_id, waiting.tenant_id FROM (
        SELECT thread.tenant_id FROM public.conversations thread
         WHERE thread.seeking_since IS NOT NULL AND thread.status = 'open' AND NOT thread.archived
        UNION ALL
        SELECT ticket.tenant_id FROM public.tickets ticket
         WHERE ticket.seeking_since IS NOT NULL AND ticket.status IN ('open', 'in_progress', 'waiting_customer')) waiting
       LIMIT most;
  ELSIF what = 'attachments' THEN
    RETURN QUERY
      SELECT file.tenant_id, file.id FROM public.attachments file
       WHERE file.status = 'waiting' AND file.source IS NOT NULL
         AND coalesce(file.next_attempt_at, file.created_at) < older_than
       ORDER BY file.id LIMIT most;
  ELSIF what = 'mailboxes' THEN
    RETURN QUERY
      SELECT channel.tenant_id, channel.id FROM public.channel_configurations channel
       WHERE channel.provider = 'email' AND channel.enabled AND channel.configured
         AND NOT EXISTS (SELECT FROM public.mailbox_leases lease
                          WHERE lease.tenant_id = channel.tenant_id AND lease.channel_id = channel.id
                            AND lease.held_until > now())
       ORDER BY channel.id LIMIT most;
  ELSIF what = 'unused_uploads' THEN
    RETURN QUERY
      SELECT file.tenant_id, file.id FROM public.attachments file
       WHERE file.message_id IS NULL AND file.call_id IS NULL AND file.ticket_event_id IS NULL AND file.created_at < older_than
         -- What somebody is writing, or what leaves later, takes them along.
         AND NOT EXISTS (SELECT FROM public.drafts draft
                          WHERE draft.tenant_id = file.tenant_id AND file.id = ANY (draft.attachment_ids))
         AND NOT EXISTS (SELECT FROM public.scheduled_messages planned
                          WHERE planned.tenant_id = file.tenant_id AND file.id = ANY (planned.attachment_ids))
       ORDER BY file.id LIMIT most;
  ELSIF what = 'storage_removals' THEN
    RETURN QUERY
      SELECT owed.tenant_id, owed.id FROM public.storage_removals owed
       WHERE owed.created_at < older_than ORDER BY owed.id LIMIT most;
  ELSIF what = 'calls' THEN
    RETURN QUERY
      SELECT call.tenant_id, call.id FROM public.call_logs call
       WHERE call.reconcile_at IS NOT NULL AND call.reconcile_at < older_than
       ORDER BY call.reconcile_at LIMIT most;
  ELSIF what = 'missed_calls' THEN
    RETURN QUERY
      SELECT call.tenant_id, call.id FROM public.call_logs call
       WHERE call.follow_up_at IS NOT NULL AND call.follow_up_at <= older_than
       ORDER BY call.follow_up_at LIMIT most;
  ELSIF what = 'templates' THEN
    RETURN QUERY
      SELECT channel.tenant_id, channel.id FROM public.channel_configurations channel
       WHERE channel.configured AND channel.enabled
         AND (channel.templates_due_at IS NULL OR channel.templates_due_at < older_than)
       ORDER BY channel.templates_due_at NULLS FIRST, channel.id LIMIT most;
  ELSIF what = 'channel_tokens' THEN
    RETURN QUERY
      SELECT channel.tenant_id, channel.id FROM public.channel_configurations channel
       WHERE channel.configured AND channel.enabled AND channel.connection_id IS NULL AND channel.sending_blocked IS NULL
         AND (channel.token_due_at IS NULL OR channel.token_due_at < older_than)
       ORDER BY channel.token_due_at NULLS FIRST, channel.id LIMIT most;
  ELSIF what = 'alert_mails' THEN
    RETURN QUERY
      SELECT mail.tenant_id, mail.id FROM public.alert_mails mail
       WHERE (mail.status = 'owed' AND mail.due_at <= older_than)
          OR (mail.status = 'sending' AND mail.claimed_at < older_than - interval '10 minutes')
       ORDER BY mail.due_at LIMIT most;
  ELSIF what = 'notification_mails' THEN
    RETURN QUERY
      SELECT told.tenant_id, told.id FROM public.notifications told
       WHERE (told.mail = 'owed' AND told.mail_due_at <= older_than)
          OR (told.mail = 'sending' AND told.mail_claimed_at < older_than - interval '10 minutes')
       ORDER BY told.mail_due_at LIMIT most;
  ELSIF what = 'tokens_ending' THEN
    RETURN QUERY
      SELECT channel.tenant_id, channel.id FROM public.channel_configurations channel
       WHERE channel.token_expires_at < older_than ORDER BY channel.token_expires_at LIMIT most;
  ELSIF what = 'connections_ending' THEN
    RETURN QUERY
      SELECT connection.tenant_id, connection.id FROM public.platform_connections connection
       WHERE connection.status = 'active' AND connection.expires_at < older_than
         AND (connection.renewing_until IS NULL OR connection.renewing_until < now())
       ORDER BY connection.expires_at LIMIT most;
  ELSIF what = 'connections_unseen' THEN
    RETURN QUERY
      SELECT connection.tenant_id, connection.id FROM public.platform_connections connection
       WHERE connection.status = 'active' AND coalesce(connection.last_sync_at, connection.created_at) < older_than
         AND (connection.renewing_until IS NULL OR connection.renewing_until < now())
       ORDER BY connection.id LIMIT most;
  ELSIF what = 'unknown_messages' THEN
    -- Asked about soon after the attempt, then ever more rarely, for a day; the longest unasked first.
    RETURN QUERY
      SELECT message.tenant_id, message.id FROM public.messages message
       WHERE message.direction = 'out' AND message.status = 'unknown'
         AND message.last_attempt_at > older_than - interval '1 day'
         AND message.updated_at < older_than - greatest(interval '1 minute', (older_than - message.last_attempt_at) / 4)
       ORDER BY message.updated_at LIMIT most;
  END IF;
END $$;
ALTER FUNCTION door.due(text, integer, timestamptz) OWNER TO guichet_door;

-- `column LIKE '%word%' AND …` for at most eight words, wildcards taken literally; null without words.
CREATE OR REPLACE FUNCTION door.all_words_like(subject text, operator text, words text)
RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT string_agg(format('%s %s %L', subject, operator, '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'), ' AND ')
    FROM (SELECT word FROM unnest(string_to_array(words, ' ')) word WHERE word <> '' LIMIT 8) few
$$;
ALTER FUNCTION door.all_words_like(text, text, text) OWNER TO guichet_door;

-- Customers of one tenant, best first. Every word asked for begins a word of their name, town, email or phone; where fewer than
-- three are found so, it stands anywhere in them; and where hardly any are still, `forgiving` finds whose words look like those
-- asked for. A number is one word however it is grouped, and is never mistaken for another; one that is found whole is meant. Better: whole words before
-- beginnings before what stands inside, the first word of a name before another. Of those that match four hundred are ranked, or
-- as many as are asked for. Takes the tenant from the session, not from the caller's words. The words are written into the
-- statement: only so are they looked up in the index.
CREATE OR REPLACE FUNCTION door.search_customers(query text, most integer, forgiving boolean DEFAULT false)
RETURNS TABLE (id uuid, rank real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  wanted text := btrim(lower(unaccent(query)));
  number text := regexp_replace(wanted, '^00|[^0-9]', '', 'g');
  conditions text;
  grade text;
  parts text[];
  begun tsquery;
  seen uuid[] := '{}';
  enough integer;
  ask text;
BEGIN
  IF wanted ~ '^[-+0-9 ().\u00a0\u202f/]+$' AND number <> '' THEN wanted := number; END IF;
  SELECT string_agg(CASE WHEN length(word) > 2 THEN format('search.words LIKE %L', '%' || plain || '%')
                         ELSE format('(search.words LIKE %L OR search.words LIKE %L)', plain || '%', '% ' || plain || '%') END, ' AND '),
         string_agg(format('(CASE WHEN spaced LIKE %L THEN 4 WHEN spaced LIKE %L THEN 3 WHEN spaced LIKE %L THEN 2 ELSE 1 END)',
                           ' ' || plain || ' %', '% ' || plain || ' %', '% ' || plain || '%'), ' + ')
    INTO conditions, grade
    FROM (SELECT word, replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') AS plain
            FROM unnest(string_to_array(wanted, ' ')) word WHERE word <> '' LIMIT 8) few;
  IF conditions IS NULL OR tenant IS NULL THEN RETURN; END IF;
  -- The fence leaves the planner no other index than the one that is meant.
  ask := 'SELECT found.customer_id, ((%3$s) / 32.0::real)::real FROM (
       SELECT search.customer_id, '' '' || search.words || '' '' AS spaced
         FROM (SELECT * FROM public.customer_search search WHERE %1$s OFFSET 0) search
        WHERE search.tenant_id = $1 AND %2$s AND search.customer_id <> ALL ($2) LIMIT greatest(400, $3)) found
      ORDER BY 2 DESC, 1 DESC LIMIT $3';

  parts := ARRAY(SELECT part FROM regexp_split_to_table(wanted, '[^[:alnum:]\u0080-\uffff]+') part WHERE part <> '' LIMIT 8);
  begun := door.terms_query(ARRAY(SELECT part || '*' FROM unnest(parts) part), right(tenant::text, 12));
  IF begun IS NOT NULL THEN
    FOR id, rank IN EXECUTE format(ask, format('public.words_of_customer(search.tenant_id, search.words) @@ %L::tsquery', begun), conditions, grade)
      USING tenant, seen, most LOOP
      seen := seen || id;
      RETURN NEXT;
    END LOOP;
  END IF;
  -- The last figures of a number are asked for as often as the first.
  enough := CASE WHEN wanted !~ '^[0-9]+$' THEN 3 WHEN length(wanted) < 8 THEN most ELSE 1 END;
  IF cardinality(seen) >= least(enough, most) THEN RETURN; END IF;

  FOR id, rank IN EXECUTE format(ask, conditions, 'true', grade) USING tenant, seen, most LOOP
    seen := seen || id;
    RETURN NEXT;
  END LOOP;
  IF NOT forgiving OR cardinality(seen) >= least(3, most) OR wanted ~ '[0-9@]' THEN RETURN; END IF;

  -- Each word, or those of customers that look like it: the likest, and those nearly as like.
  begun := door.terms_query(ARRAY(
    SELECT concat_ws('|', part || '*', (
      SELECT string_agg(near.word, '|') FROM (
        SELECT held.word, similarity(held.word, part) AS likeness, max(similarity(held.word, part)) OVER () AS best FROM public.search_words held
         WHERE length(part) BETWEEN 4 AND 24 AND held.tenant_id = tenant AND held.word % part
           AND EXISTS (SELECT FROM public.customer_search one
                        WHERE public.words_of_customer(one.tenant_id, one.words) @@ quote_literal(right(tenant::text, 12) || held.word)::tsquery)
         GROUP BY held.word ORDER BY 2 DESC, 1 LIMIT 3) near
       WHERE near.likeness >= 0.8 * near.best))
      FROM unnest(parts) part), right(tenant::text, 12));
  RETURN QUERY EXECUTE format(
    'SELECT search.customer_id, 0::real
       FROM (SELECT * FROM public.customer_search search WHERE public.words_of_customer(search.tenant_id, search.words) @@ %L::tsquery OFFSET 0) search
      WHERE search.tenant_id = $1 AND search.customer_id <> ALL ($2) LIMIT $3', begun) USING tenant, seen, most;
END $$;
ALTER FUNCTION door.search_customers(text, integer, boolean) OWNER TO guichet_door;

-- Tickets of one tenant whose subject contains every word asked for. The tenant comes from the session here too.
CREATE OR REPLACE FUNCTION door.search_tickets(query text, most integer)
RETURNS TABLE (id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  conditions text := door.all_words_like('ticket.subject', 'ILIKE', btrim(query));
BEGIN
  IF conditions IS NULL THEN RETURN; END IF;
  RETURN QUERY EXECUTE format('SELECT ticket.id FROM public.tickets ticket WHERE ticket.tenant_id = $1 AND %s LIMIT $2', conditions)
    USING nullif(current_setting('app.tenant_id', true), '')::uuid, most;
END $$;
ALTER FUNCTION door.search_tickets(text, integer) OWNER TO guichet_door;

-- Terms as a query that every one of them has to meet, eight at most; each word stands behind `under`.
CREATE OR REPLACE FUNCTION door.terms_query(terms text[], under text)
RETURNS tsquery
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT string_agg('(' || alternatives || ')', ' & ' ORDER BY place)::tsquery
    FROM (SELECT place, string_agg('''' || under || rtrim(word, '*') || CASE WHEN word LIKE '%*' THEN ''':*' ELSE '''' END, ' | ') AS alternatives
            FROM unnest(terms) WITH ORDINALITY AS term (words, place),
                 unnest(string_to_array(regexp_replace(words, '[^[:alnum:]\u0080-\uffff|*]+', '', 'g'), '|')) word
           WHERE rtrim(word, '*') <> '' AND place <= 8 GROUP BY place) asked
$$;
ALTER FUNCTION door.terms_query(text[], text) OWNER TO guichet_door;

-- Conversations or tickets of the session's tenant whose words hold every term asked for, best first: a match in the title
-- weighs more, and ten years as much as all a word may weigh. A term is plain words with | between alternatives; one that
-- ends in * begins a word. Of each subject its best text. Bounded: fifty times as many texts as are asked for, the newest
-- and a thousand at most, are looked through, and where fewer than one in twenty of them match, twice as many more that the
-- index finds. `found`: how many subjects are among those. The page after goes on below (after_rank, after_id).
CREATE OR REPLACE FUNCTION door.search_texts(
  of_kind text, terms text[], channel text, since timestamptz, author uuid, assignee uuid, after_rank double precision, after_id uuid, most integer)
RETURNS TABLE (subject_id uuid, id uuid, rank double precision, found bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  every tsquery := door.terms_query(terms, '');
  -- As `words_under` writes them into the index.
  indexed tsquery := door.terms_query(terms, left(of_kind, 1) || right(tenant::text, 12));
  depth integer := least(1000, most * 50);
  narrowed text := concat_ws(' AND ', 'one.tenant_id = $1',
    CASE WHEN channel IS NOT NULL THEN 'one.channel_type = $5' END,
    CASE WHEN since IS NOT NULL THEN 'one.occurred_at >= $6' END,
    CASE WHEN author IS NOT NULL THEN 'one.author_id = $7' END,
    CASE WHEN assignee IS NOT NULL THEN format(
      'EXISTS (SELECT FROM public.%I subject WHERE subject.tenant_id = $1 AND subject.id = one.subject_id AND subject.assignee_id = $8)',
      CASE of_kind WHEN 'ticket' THEN 'tickets' ELSE 'conversations' END) END);
BEGIN
  IF every IS NULL OR tenant IS NULL OR of_kind NOT IN ('conversation', 'ticket') THEN RETURN; END IF;
  -- Every parameter has its type, used or not.
  RETURN QUERY EXECUTE format(
    'WITH given AS (SELECT $5::text, $6::timestamptz, $7::uuid, $8::uuid),
     recent AS MATERIALIZED (
       SELECT one.id, one.subject_id, one.occurred_at, one.words FROM (
         SELECT * FROM public.search_texts WHERE tenant_id = $1 AND kind = $2 ORDER BY occurred_at DESC LIMIT $12) one
        WHERE one.words @@ $3 AND %1$s),
     older AS MATERIALIZED (
       SELECT one.id, one.subject_id, one.occurred_at, one.words FROM (
         SELECT * FROM public.search_texts WHERE public.words_under(tenant_id, kind, words) @@ $4
            AND (SELECT count(*) FROM recent) < $12 / 20 LIMIT 2 * $12) one
        WHERE %1$s),
     best AS (
       SELECT DISTINCT ON (one.subject_id) one.subject_id, one.id,
              ts_rank(one.words, $3)::double precision + extract(epoch FROM one.occurred_at)::double precision / 315576000 AS rank
         FROM (SELECT * FROM recent UNION ALL SELECT * FROM older WHERE older.id NOT IN (SELECT recent.id FROM recent)) one
        ORDER BY one.subject_id, 3 DESC, one.id DESC)
     SELECT * FROM (SELECT best.subject_id, best.id, best.rank, count(*) OVER () FROM best) counted
      WHERE $9 IS NULL OR (counted.rank, counted.id) < ($9, $10)
      ORDER BY counted.rank DESC, counted.id DESC LIMIT $11', narrowed)
    USING tenant, of_kind, every, indexed, channel, since, author, assignee, after_rank, after_id, most, depth;
END $$;
ALTER FUNCTION door.search_texts(text, text[], text, timestamptz, uuid, uuid, double precision, uuid, integer) OWNER TO guichet_door;

-- Words that stand in texts of the session's tenant and look like those asked for, the likest first.
CREATE OR REPLACE FUNCTION door.similar_words(asked text[], most integer)
RETURNS TABLE (word text, similar_word text, likeness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off
AS $$
  SELECT one.word, near.word, near.likeness
    FROM (SELECT DISTINCT word FROM unnest(asked[1:8]) word WHERE length(word) BETWEEN 4 AND 24) one
    CROSS JOIN LATERAL (
      SELECT held.word, similarity(held.word, one.word) AS likeness FROM public.search_words held
       WHERE held.tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid AND held.word % one.word
       GROUP BY held.word ORDER BY 2 DESC, 1 LIMIT most) near
$$;
ALTER FUNCTION door.similar_words(text[], integer) OWNER TO guichet_door;

-- Forgets those of the words that stand in no text and with no customer of the session's tenant any more.
CREATE OR REPLACE FUNCTION door.forget_words(gone text[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
BEGIN
  DELETE FROM public.search_words held
   WHERE held.tenant_id = tenant AND held.word = ANY (gone) AND held.word ~ '^[a-z]+$'
     AND NOT EXISTS (SELECT FROM public.customer_search one
                      WHERE public.words_of_customer(one.tenant_id, one.words) @@ quote_literal(right(tenant::text, 12) || held.word)::tsquery)
     AND NOT EXISTS (SELECT FROM public.search_texts one
                      WHERE public.words_under(one.tenant_id, one.kind, one.words)
                            @@ format('%1$L | %2$L', 'c' || right(tenant::text, 12) || held.word, 't' || right(tenant::text, 12) || held.word)::tsquery);
END $$;
ALTER FUNCTION door.forget_words(text[]) OWNER TO guichet_door;

-- Stores what arrived: one row a post, one row an event, in one call a flush. `bodies` holds the raw bytes
-- of the posts one after the other. A row without a tenant belongs to the platform's. Rejected events
-- name their `source`; at most `kept_a_minute` of one source are stored, the rest is counted. Null: no event
-- of the flush is rejected.
CREATE OR REPLACE FUNCTION door.ingest(deliveries jsonb, bodies bytea, logs jsonb, kept_a_minute integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  -- Before the first start's set-up nobody is there to see such a row: it waits under no tenant.
  of_nobody uuid := coalesce(door.platform_tenant(), '00000000-0000-0000-0000-000000000000');
  rejected record;
  already integer;
  surplus uuid[] := '{}';
BEGIN
  FOR rejected IN
    SELECT coalesce(log.tenant_id, of_nobody) AS tenant_id, log.source, date_trunc('minute', log.received_at) AS minute,
           array_agg(log.id ORDER BY log.id) AS ids
      FROM jsonb_to_recordset(logs) AS log (tenant_id uuid, id uuid, source text, received_at timestamptz)
     WHERE kept_a_minute IS NOT NULL AND log.source IS NOT NULL
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  LOOP
    INSERT INTO public.webhook_rejections AS counted (tenant_id, source, minute)
    VALUES (rejected.tenant_id, rejected.source, rejected.minute)
    ON CONFLICT (tenant_id, source, minute) DO UPDATE SET kept = counted.kept
    RETURNING counted.kept INTO already;
    surplus := surplus || rejected.ids[kept_a_minute - already + 1:];
    UPDATE public.webhook_rejections counted
       SET kept = least(kept_a_minute, already + cardinality(rejected.ids)),
           dropped = counted.dropped + greatest(0, already + cardinality(rejected.ids) - kept_a_minute)
     WHERE counted.tenant_id = rejected.tenant_id AND counted.source = rejected.source AND counted.minute = rejected.minute;
  END LOOP;

  INSERT INTO public.webhook_deliveries
    (tenant_id, id, provider, path, headers, body, body_bytes, verified, reason, events, received_at)
  SELECT coalesce(delivery.tenant_id, of_nobody), delivery.id, delivery.provider, delivery.path, delivery.headers,
         substring(bodies FROM delivery.first_byte + 1 FOR delivery.kept_bytes),
         delivery.body_bytes, delivery.verified, delivery.reason, delivery.events, delivery.received_at
    FROM jsonb_to_recordset(deliveries) AS delivery (
      tenant_id uuid, id uuid, provider text, path text, headers jsonb, first_byte integer, kept_bytes integer,
      body_bytes integer, verified boolean, reason text, events integer, received_at timestamptz, of_logs uuid[])
   WHERE surplus = '{}' OR NOT delivery.of_logs <@ surplus;

  INSERT INTO public.webhook_logs
    (tenant_id, id, delivery_id, channel_id, platform, webhook_type, payload, status, reason, external_message_id,
     dedupe_key, customer_identifier, account, occurred_at, received_at)
  SELECT coalesce(log.tenant_id, of_nobody), log.id, log.delivery_id, log.channel_id, log.platform, log.webhook_type,
         log.payload, log.status, log.reason, log.external_message_id, log.dedupe_key, log.customer_identifier,
         log.account, log.occurred_at, log.received_at
    FROM jsonb_to_recordset(logs) AS log (
      tenant_id uuid, id uuid, delivery_id uuid, channel_id uuid, platform text, webhook_type text, payload jsonb,
      status text, reason text, external_message_id text, dedupe_key text, customer_identifier text, account text,
      occurred_at timestamptz, received_at timestamptz)
   WHERE surplus = '{}' OR log.id <> ALL (surplus);
END $$;
ALTER FUNCTION door.ingest(jsonb, bytea, jsonb, integer) OWNER TO guichet_door;

-- Counts rejected events that were not stored.
CREATE OR REPLACE FUNCTION door.count_rejections(counts jsonb)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
  INSERT INTO public.webhook_rejections AS counted (tenant_id, source, minute, dropped)
  SELECT coalesce(more.tenant_id, door.platform_tenant(), '00000000-0000-0000-0000-000000000000'), more.source, more.minute, more.dropped
    FROM jsonb_to_recordset(counts) AS more (tenant_id uuid, source text, minute timestamptz, dropped integer)
   ORDER BY 1, 2, 3
  ON CONFLICT (tenant_id, source, minute) DO UPDATE SET dropped = counted.dropped + excluded.dropped
$$;
ALTER FUNCTION door.count_rejections(jsonb) OWNER TO guichet_door;

-- Day partitions of the two logs, by UUIDv7 bounds. Owned by the migrating owner, since only the owner
-- of a table can attach to it; nobody is granted anything on a partition.
CREATE OR REPLACE FUNCTION door.make_log_partitions(first_day date, days integer)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  parent text;
  day date;
  made integer := 0;
  name text;
BEGIN
  IF days NOT BETWEEN 1 AND 400 THEN RAISE EXCEPTION 'days must be between 1 and 400'; END IF;
  PERFORM pg_advisory_xact_lock(7406);
  FOREACH parent IN ARRAY ARRAY['webhook_deliveries', 'webhook_logs'] LOOP
    FOR day IN SELECT first_day + step FROM generate_series(0, days - 1) step LOOP
      name := parent || '_' || to_char(day, 'YYYYMMDD');
      IF to_regclass('public.' || name) IS NULL THEN
        EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
          name, parent, door.first_id_at(day), door.first_id_at(day + 1));
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        made := made + 1;
      END IF;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;

-- Waits two seconds at most for whoever reads the log: posts that come in would wait behind it.
CREATE OR REPLACE FUNCTION door.drop_log_partitions(parent text, before_day date)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
  name text;
  dropped integer := 0;
BEGIN
  IF parent NOT IN ('webhook_deliveries', 'webhook_logs') THEN RAISE EXCEPTION 'not a log'; END IF;
  IF before_day > current_date THEN RAISE EXCEPTION 'only days that are over can be dropped'; END IF;
  FOR name IN
    SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
     WHERE inhparent = ('public.' || parent)::regclass
       AND child.relname ~ '_\d{8}$' AND right(child.relname, 8) < to_char(before_day, 'YYYYMMDD')
  LOOP
    EXECUTE format('DROP TABLE public.%I', name);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;

-- Removes the oldest rows that the session's tenant keeps no longer, at most so many, and tells how many: `webhook_logs`
-- past its own term that were counted before, `webhook_deliveries` past two weeks or that term (those of several
-- tenants past the shortest term of any), `webhook_rejections` and `analytics_events` past 400 days. By the
-- database's clock and the tenant's setting: a caller can ask for less, never for another's or for younger ones.
CREATE OR REPLACE FUNCTION door.remove_expired(what text, most integer)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  today date := (now() AT TIME ZONE 'UTC')::date;
  term integer;
  operator boolean;
  counted date;
  bound uuid;
  last uuid;
  removed integer := 0;
BEGIN
  SELECT log_retention_days, kind = 'platform' INTO term, operator FROM public.tenants WHERE id = tenant;
  IF term IS NULL OR most < 1 THEN RETURN 0; END IF;
  IF what = 'webhook_logs' THEN
    SELECT (counted_until AT TIME ZONE 'UTC')::date INTO counted FROM public.webhook_log_counts WHERE tenant_id = tenant;
    IF counted IS NULL THEN RETURN 0; END IF;
    bound := door.first_id_at(least(today - term, counted));
    SELECT id INTO last FROM public.webhook_logs WHERE tenant_id = tenant AND id < bound ORDER BY id OFFSET most - 1 LIMIT 1;
    DELETE FROM public.webhook_logs WHERE tenant_id = tenant AND id < bound AND id <= coalesce(last, bound);
  ELSIF what = 'webhook_deliveries' THEN
    IF operator THEN SELECT min(log_retention_days) INTO term FROM public.tenants; END IF;
    bound := door.first_id_at(today - least(term, 14));
    SELECT id INTO last FROM public.webhook_deliveries WHERE tenant_id = tenant AND id < bound ORDER BY id OFFSET most - 1 LIMIT 1;
    DELETE FROM public.webhook_deliveries WHERE tenant_id = tenant AND id < bound AND id <= coalesce(last, bound);
  ELSIF what = 'webhook_rejections' THEN
    DELETE FROM public.webhook_rejections WHERE ctid IN (
      SELECT ctid FROM public.webhook_rejections WHERE tenant_id = tenant AND minute < (today - 400)::timestamp AT TIME ZONE 'UTC' LIMIT most);
  ELSIF what = 'analytics_events' THEN
    bound := door.first_id_at(today - 400);
    DELETE FROM public.analytics_events WHERE tenant_id = tenant AND id IN (
      SELECT id FROM public.analytics_events WHERE tenant_id = tenant AND id < bound ORDER BY id LIMIT most);
  ELSE
    RAISE EXCEPTION 'nothing of that name expires';
  END IF;
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;
ALTER FUNCTION door.remove_expired(text, integer) OWNER TO guichet_door;

-- Takes away what posts said that brought the given events, once those were erased by the session's tenant itself.
-- The bytes are signed as one, so that nothing of them can stay: a post that spoke of several people loses them all,
-- while each event keeps its own part.
CREATE OR REPLACE FUNCTION door.erase_posts(log_ids uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  erased integer;
BEGIN
  UPDATE public.webhook_deliveries post
     SET body = '', headers = '{}', path = split_part(post.path, '?', 1), erased_at = now()
   WHERE post.tenant_id IN (tenant, door.platform_tenant()) AND post.erased_at IS NULL AND post.id = ANY (ARRAY(
     SELECT delivery_id FROM public.webhook_logs
      WHERE tenant_id = tenant AND id = ANY (log_ids) AND erased_at IS NOT NULL AND delivery_id IS NOT NULL));
  GET DIAGNOSTICS erased = ROW_COUNT;
  RETURN erased;
END $$;
ALTER FUNCTION door.erase_posts(uuid[]) OWNER TO guichet_door;

-- Takes away what the audit says of a customer that the session's tenant has erased, of their threads, messages, calls
-- and tickets: who did what and when stays. Nothing of anybody who is not erased.
CREATE OR REPLACE FUNCTION door.erase_audit(erased uuid)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
  WITH person AS (
    SELECT tenant_id, id FROM public.customers
     WHERE tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid AND id = erased AND erased_at IS NOT NULL),
  told AS (
    SELECT tenant_id, 'customer' AS kind, id::text AS id FROM person
    UNION ALL SELECT tenant_id, 'conversation', conversation.id::text FROM public.conversations conversation JOIN person USING (tenant_id) WHERE conversation.customer_id = person.id
    UNION ALL SELECT tenant_id, 'message', message.id::text FROM public.messages message JOIN person USING (tenant_id) WHERE message.customer_id = person.id
    UNION ALL SELECT tenant_id, 'ticket', ticket.id::text FROM public.tickets ticket JOIN person USING (tenant_id) WHERE ticket.customer_id = person.id
    UNION ALL SELECT tenant_id, 'call', call.id::text FROM public.call_logs call JOIN person USING (tenant_id) WHERE call.customer_id = person.id)
  UPDATE public.audit_log entry SET data = '{}'
    FROM told
   WHERE entry.tenant_id = told.tenant_id AND entry.entity_type = told.kind AND entry.entity_id = told.id
     AND entry.action <> 'customer.erase' AND entry.data <> '{}'
$$;
ALTER FUNCTION door.erase_audit(uuid) OWNER TO guichet_door;

-- The smallest UUIDv7 of a day, UTC.
CREATE OR REPLACE FUNCTION door.first_id_at(day date)
RETURNS uuid
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT (substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-7000-8000-000000000000')::uuid
    FROM lpad(to_hex((extract(epoch FROM day::timestamp) * 1000)::bigint), 12, '0') hex
$$;

-- The smallest UUIDv7 of an instant.
CREATE OR REPLACE FUNCTION door.first_id_from(instant timestamptz)
RETURNS uuid
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT (substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-7000-8000-000000000000')::uuid
    FROM lpad(to_hex(greatest(0, floor(extract(epoch FROM instant) * 1000)::bigint)), 12, '0') hex
$$;

-- ── For the functions that older programs call (schema compat) ────────────────────────────────────────

-- An enabled account by what its events carry: `phone_number_id`, `page_id` or `account_id`. Secrets are
-- returned as they are kept, sealed.
CREATE OR REPLACE FUNCTION door.social_account(kinds text[], named_by text, value text)
RETURNS TABLE (
  tenant_id uuid, channel_id uuid, account_id text, config_encrypted text, app_secret text, verify_token text,
  display_phone_number text, business_name text, name text, enabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT channel.tenant_id, channel.id, channel.account_id, channel.config_encrypted, channel.app_secret, channel.verify_token,
         channel.display_phone_number, channel.business_name, channel.name, channel.enabled
    FROM public.channel_configurations channel
   WHERE channel.channel_type = ANY (kinds) AND channel.enabled
     AND value = CASE named_by WHEN 'phone_number_id' THEN channel.phone_number_id
                               WHEN 'page_id' THEN channel.page_id
                               WHEN 'account_id' THEN channel.account_id END
$$;
ALTER FUNCTION door.social_account(text[], text, text) OWNER TO guichet_door;

-- Logs an event that an older program received itself. Without a delivery it is nobody's inbox: that
-- program processes it and says so through door.mark_logged_event.
CREATE OR REPLACE FUNCTION door.log_event(channel uuid, platform text, kind text, payload jsonb, external_id text, customer text)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  owner uuid;
  new_id uuid := door.new_id();
BEGIN
  SELECT tenant_id INTO owner FROM public.channel_configurations WHERE id = channel;
  IF owner IS NULL THEN RAISE EXCEPTION 'unknown account' USING ERRCODE = 'foreign_key_violation'; END IF;
  INSERT INTO public.webhook_logs (tenant_id, id, channel_id, platform, webhook_type, payload, dedupe_key, external_message_id, customer_identifier, received_at)
  VALUES (owner, new_id, channel, platform, kind, payload, new_id::text, external_id, customer, now());
  UPDATE public.channel_configurations SET last_webhook_at = now(), webhook_status = 'active'
   WHERE tenant_id = owner AND id = channel;
  RETURN new_id;
END $$;
ALTER FUNCTION door.log_event(uuid, text, text, jsonb, text, text) OWNER TO guichet_door;

-- Only events without a delivery: ours are marked by the drain alone. The partition is pruned by the id.
CREATE OR REPLACE FUNCTION door.mark_logged_event(log uuid, milliseconds integer, error text)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
  UPDATE public.webhook_logs SET
    status = CASE WHEN error IS NULL THEN 'processed' ELSE 'failed' END,
    reason = CASE WHEN error IS NULL THEN NULL ELSE 'handler_error' END,
    processing_time_ms = milliseconds, error_message = error, processed_at = now(), attempts = attempts + 1
  WHERE id = log AND delivery_id IS NULL
$$;
ALTER FUNCTION door.mark_logged_event(uuid, integer, text) OWNER TO guichet_door;

-- A UUIDv7 of now, for rows that SQL alone writes.
CREATE OR REPLACE FUNCTION door.new_id()
RETURNS uuid
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT (overlay(overlay(gen_random_uuid()::text
           PLACING substr(hex, 1, 8) || '-' || substr(hex, 9, 4) FROM 1 FOR 13) PLACING '7' FROM 15 FOR 1))::uuid
    FROM lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') hex
$$;

-- Whether every event of a post of the platform's names an account that the tenant of the session holds today. The
-- ids of a post and of its events were made in one millisecond.
CREATE OR REPLACE FUNCTION door.is_all_of_tenant(post uuid)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT coalesce(bool_and(log.reason = 'unknown_account' AND EXISTS (
           SELECT FROM public.channel_routing_keys routing
            WHERE routing.tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
              AND routing.key LIKE log.platform || ':%' AND substring(routing.key FROM '[^:]*$') = log.account)), false)
    FROM public.webhook_logs log
   WHERE log.tenant_id = door.platform_tenant() AND log.delivery_id = post
     AND log.id BETWEEN (left(post::text, 13) || '-0000-0000-000000000000')::uuid AND (left(post::text, 13) || '-ffff-ffff-ffffffffffff')::uuid
$$;
ALTER FUNCTION door.is_all_of_tenant(uuid) OWNER TO guichet_door;

-- Posts to a provider's common address that name accounts which nobody had connected, all of them accounts of
-- this channel's tenant today: of the last week, the oldest first, a page at a time. The tenant comes from the
-- session. What the platform's own app signed is left out: nothing of it can be checked with a tenant's secret.
CREATE OR REPLACE FUNCTION door.unclaimed_posts(of_channel uuid, after uuid, most integer)
RETURNS TABLE (id uuid, path text, headers jsonb, body bytea, received_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
  WITH asking AS MATERIALIZED (
    SELECT channel.tenant_id, channel.provider FROM public.channel_configurations channel
     WHERE channel.tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid AND channel.id = of_channel AND channel.enabled
  ), accounts AS MATERIALIZED (
    SELECT array_agg(substring(routing.key FROM '[^:]*$')) AS own
      FROM asking JOIN public.channel_routing_keys routing ON routing.tenant_id = asking.tenant_id AND routing.key LIKE asking.provider || ':%'
  ), unknown AS MATERIALIZED (
    SELECT log.delivery_id, log.platform, log.account FROM public.webhook_logs log
     WHERE log.tenant_id = door.platform_tenant() AND log.reason = 'unknown_account' AND log.id >= door.first_id_at(current_date - 7)
     ORDER BY log.id DESC LIMIT 20000
  ), named AS MATERIALIZED (
    SELECT DISTINCT unknown.delivery_id FROM unknown, asking, accounts
     WHERE unknown.platform = asking.provider AND unknown.account = ANY (accounts.own)
  )
  SELECT delivery.id, delivery.path, delivery.headers, delivery.body, delivery.received_at
    FROM named JOIN public.webhook_deliveries delivery ON delivery.tenant_id = door.platform_tenant() AND delivery.id = named.delivery_id
   WHERE delivery.id > coalesce(after, '00000000-0000-0000-0000-000000000000')
     AND NOT delivery.verified AND length(delivery.body) = delivery.body_bytes
     AND door.is_all_of_tenant(delivery.id)
   ORDER BY delivery.id LIMIT most
$$;
ALTER FUNCTION door.unclaimed_posts(uuid, uuid, integer) OWNER TO guichet_door;

-- Hands a post of the platform's and its events to the tenant of the session, where every event names an account
-- of that tenant: they are in its inbox from then on, still to be verified. Answers the events' ids; none where
-- it may not be.
CREATE OR REPLACE FUNCTION door.claim_post(of_channel uuid, post uuid)
RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  claimer uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM public.channel_configurations channel WHERE channel.tenant_id = claimer AND channel.id = of_channel)
     OR NOT door.is_all_of_tenant(post) THEN
    RETURN;
  END IF;
  UPDATE public.webhook_deliveries SET tenant_id = claimer WHERE tenant_id = door.platform_tenant() AND id = post AND NOT verified;
  IF NOT FOUND THEN RETURN; END IF;
  RETURN QUERY
    UPDATE public.webhook_logs log SET tenant_id = claimer, channel_id = of_channel, status = 'received'
     WHERE log.tenant_id = door.platform_tenant() AND log.delivery_id = post AND log.reason = 'unknown_account'
       AND log.id BETWEEN (left(post::text, 13) || '-0000-0000-000000000000')::uuid AND (left(post::text, 13) || '-ffff-ffff-ffffffffffff')::uuid
    RETURNING log.id;
END $$;
ALTER FUNCTION door.claim_post(uuid, uuid) OWNER TO guichet_door;
