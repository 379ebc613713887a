-- Names people knew: the views and functions that the older systems documented, over today's tables.
-- `set search_path = compat, public` and their SQL runs. Views are security_invoker: row-level security
-- and the tenant of the session decide what they show.
CREATE SCHEMA IF NOT EXISTS compat;
GRANT USAGE ON SCHEMA compat TO guichet_app;

DROP VIEW IF EXISTS compat.webhook_stats_by_user, compat.active_webhook_accounts, compat.webhook_logs, compat.social_accounts,
  compat.channel_messages_log, compat.rendez_vous, compat.prospects, compat.v_customers, compat.fans, compat.users CASCADE;

DO $$
BEGIN
  IF to_regtype('compat.social_platform') IS NULL THEN
    CREATE DOMAIN compat.social_platform AS text
      CHECK (VALUE IN ('whatsapp', 'whatsapp_business', 'instagram', 'facebook', 'twitter', 'tiktok', 'sms', 'email', 'phone'));
  END IF;
END $$;

-- One older `users` row was one tenant; its email is the owner's.
CREATE VIEW compat.users WITH (security_invoker = true) AS
  SELECT tenant.id, owner.email, tenant.slug AS username, tenant.name AS full_name, 'user'::text AS role, true AS is_active, tenant.created_at
    FROM public.tenants tenant
    LEFT JOIN LATERAL (
      SELECT email FROM public.memberships
       WHERE tenant_id = tenant.id AND role = 'owner' AND status = 'active' ORDER BY created_at, user_id LIMIT 1
    ) owner ON true;

-- S0.1
CREATE VIEW compat.fans WITH (security_invoker = true) AS
  SELECT customer.id, customer.tenant_id AS user_id, customer.display_name AS name, customer.source AS platform,
         identity.value AS platform_id, handle.value AS handle, customer.email, customer.phone, customer.avatar_url AS avatar,
         coalesce((SELECT jsonb_agg(tag ORDER BY tag) FROM public.customer_tags
                    WHERE tenant_id = customer.tenant_id AND customer_id = customer.id), '[]') AS tags,
         customer.total_revenue_cents AS value_cents, customer.last_seen_at,
         (SELECT string_agg(content, E'\n' ORDER BY id) FROM public.customer_notes
           WHERE tenant_id = customer.tenant_id AND customer_id = customer.id) AS notes,
         customer.metadata, customer.created_at, customer.updated_at
    FROM public.customers customer
    LEFT JOIN LATERAL (
      SELECT value FROM public.customer_identities
       WHERE tenant_id = customer.tenant_id AND customer_id = customer.id AND kind IN ('whatsapp_id', 'whatsapp_user_id', 'instagram_id')
       ORDER BY id LIMIT 1
    ) identity ON true
    LEFT JOIN LATERAL (
      SELECT value FROM public.customer_identities
       WHERE tenant_id = customer.tenant_id AND customer_id = customer.id AND kind = 'handle' ORDER BY id LIMIT 1
    ) handle ON true;

-- S1.4: the customer with counts and tags; revenue in currency units, as the guide's queries expect.
CREATE VIEW compat.v_customers WITH (security_invoker = true) AS
  SELECT customer.id, customer.tenant_id, customer.first_name, customer.last_name,
         customer.display_name AS name, customer.email, customer.phone, customer.status, customer.source,
         customer.preferred_channel, customer.segment, customer.total_orders,
         customer.total_revenue_cents / 100.0 AS total_revenue, customer.currency, customer.last_contact_at, customer.last_order_at,
         customer.address, customer.city, customer.postal_code, customer.country, customer.metadata,
         customer.created_at, customer.updated_at,
         (SELECT count(*) FROM public.customer_notes
           WHERE tenant_id = customer.tenant_id AND customer_id = customer.id) AS notes_count,
         (SELECT count(*) FROM public.customer_activities
           WHERE tenant_id = customer.tenant_id AND customer_id = customer.id) AS activities_count,
         (SELECT string_agg(tag, ',' ORDER BY tag) FROM public.customer_tags
           WHERE tenant_id = customer.tenant_id AND customer_id = customer.id) AS tags
    FROM public.customers customer;

-- S2.2
CREATE VIEW compat.channel_messages_log WITH (security_invoker = true) AS
  SELECT id, tenant_id, channel_type, to_address, template_name, subject, text AS content, template_variables,
         status, external_id AS external_message_id, error_message, error_code, provider, cost_cents, duration_seconds,
         sent_at, delivered_at, read_at, failed_at, created_at
    FROM public.messages WHERE direction = 'out';

-- S2.4, by the wall clock of the business. What is only held for somebody is nobody's appointment yet.
CREATE VIEW compat.rendez_vous WITH (security_invoker = true) AS
  SELECT appointment.id, appointment.tenant_id, appointment.customer_id, customer.display_name AS customer_name,
         customer.phone AS customer_phone, customer.email AS customer_email,
         (appointment.starts_at AT TIME ZONE tenant.timezone)::date AS rdv_date,
         (appointment.starts_at AT TIME ZONE tenant.timezone)::time AS rdv_time, service.name AS rdv_type,
         (extract(epoch FROM appointment.ends_at - appointment.starts_at) / 60)::integer AS rdv_duration_minutes,
         appointment.location AS rdv_location, appointment.status, appointment.notes, appointment.internal_notes,
         appointment.reminder_24h_sent_at IS NOT NULL AS reminder_24h_sent, appointment.reminder_1h_sent_at IS NOT NULL AS reminder_1h_sent,
         appointment.confirmation_sent_at IS NOT NULL AS confirmation_sent, appointment.call_id, appointment.source AS created_by,
         CASE WHEN appointment.status = 'cancelled' THEN appointment.status_at END AS cancelled_at,
         CASE WHEN appointment.status = 'completed' THEN appointment.status_at END AS completed_at,
         appointment.created_at, appointment.updated_at
    FROM public.appointments appointment
    JOIN public.tenants tenant ON tenant.id = appointment.tenant_id
    JOIN public.services service ON service.tenant_id = appointment.tenant_id AND service.id = appointment.service_id
    JOIN public.customers customer ON customer.tenant_id = appointment.tenant_id AND customer.id = appointment.customer_id
   WHERE appointment.status <> 'held';

-- S2.9: whoever sent a message says so, and unsays it. What else an appointment is changes by its own rules, in the program.
CREATE OR REPLACE FUNCTION compat.mark_rendez_vous() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['reminder_24h_sent', 'reminder_1h_sent', 'confirmation_sent', 'updated_at']
     IS DISTINCT FROM to_jsonb(OLD) - ARRAY['reminder_24h_sent', 'reminder_1h_sent', 'confirmation_sent', 'updated_at'] THEN
    RAISE EXCEPTION 'rendez_vous takes what was sent, and nothing else' USING ERRCODE = 'feature_not_supported';
  END IF;
  UPDATE public.appointments SET
    reminder_24h_sent_at = CASE WHEN NEW.reminder_24h_sent THEN coalesce(reminder_24h_sent_at, now()) END,
    reminder_1h_sent_at = CASE WHEN NEW.reminder_1h_sent THEN coalesce(reminder_1h_sent_at, now()) END,
    confirmation_sent_at = CASE WHEN NEW.confirmation_sent THEN coalesce(confirmation_sent_at, now()) END,
    updated_at = now()
  WHERE tenant_id = OLD.tenant_id AND id = OLD.id;
  RETURN NEW;
END $$;
CREATE TRIGGER mark_rendez_vous INSTEAD OF UPDATE ON compat.rendez_vous
  FOR EACH ROW EXECUTE FUNCTION compat.mark_rendez_vous();

-- S2.5: who was qualified. Budgets in currency units; who it is comes from the customer.
CREATE VIEW compat.prospects WITH (security_invoker = true) AS
  SELECT prospect.id, prospect.tenant_id, prospect.customer_id, customer.display_name AS name, customer.phone, customer.email, prospect.source,
         prospect.interest AS interest_type, prospect.budget_min_cents / 100.0 AS budget_min, prospect.budget_max_cents / 100.0 AS budget_max,
         prospect.place AS location_preference, prospect.property_type, prospect.score AS qualification_score,
         prospect.status AS qualification_status, prospect.notes, prospect.qualification_notes, prospect.call_id, prospect.created_by,
         customer.last_contact_at, prospect.next_follow_up_at, prospect.status = 'converted' AS converted_to_client, prospect.converted_at,
         prospect.created_at, prospect.updated_at
    FROM public.prospects prospect
    JOIN public.customers customer ON customer.tenant_id = prospect.tenant_id AND customer.id = prospect.customer_id;

-- S3.1. Secrets appear sealed.
CREATE VIEW compat.social_accounts WITH (security_invoker = true) AS
  SELECT id, channel_type::compat.social_platform AS platform, coalesce(account_id, address.key) AS account_id, name AS username,
         name AS display_name, config_encrypted AS access_token, enabled AS is_active, tenant_id AS user_id,
         phone_number_id, page_id, app_secret, verify_token, business_name, display_phone_number, webhook_events,
         webhook_status, last_webhook_at, webhook_metadata, created_at, updated_at
    FROM public.channel_configurations channel
    LEFT JOIN LATERAL (
      SELECT key FROM public.channel_routing_keys
       WHERE tenant_id = channel.tenant_id AND channel_id = channel.id ORDER BY key LIMIT 1
    ) address ON true;

-- S3.2, with the statuses that the older system knew.
CREATE VIEW compat.webhook_logs WITH (security_invoker = true) AS
  SELECT id, channel_id AS social_account_id, platform::compat.social_platform AS platform, webhook_type, payload,
         CASE status WHEN 'failed' THEN 'error' WHEN 'rejected' THEN 'error' WHEN 'retrying' THEN 'processing'
                     WHEN 'duplicate' THEN 'processed' WHEN 'ignored' THEN 'processed' ELSE status END AS status,
         processing_time_ms, coalesce(error_message, CASE WHEN status IN ('failed', 'rejected') THEN reason END) AS error_message,
         external_message_id, customer_identifier, tenant_id AS user_id, received_at AS created_at
    FROM public.webhook_logs;

-- S3.5
CREATE VIEW compat.active_webhook_accounts WITH (security_invoker = true) AS
  SELECT account.id, account.user_id, owner.email, account.platform, account.phone_number_id, account.page_id, account.business_name,
         account.display_name, account.webhook_status, account.last_webhook_at, account.webhook_events, account.created_at
    FROM compat.social_accounts account
    JOIN compat.users owner ON owner.id = account.user_id
   WHERE account.platform IN ('whatsapp', 'whatsapp_business', 'instagram') AND account.is_active
   ORDER BY account.last_webhook_at DESC NULLS LAST;

-- From the counts made ahead, and the log itself for what came after them: never a scan of the log. Counts outlive
-- the events, so that totals do not shrink when old days are removed.
CREATE VIEW compat.webhook_stats_by_user WITH (security_invoker = true) AS
  SELECT account.user_id, owner.email, account.platform, account.business_name,
         coalesce(sum(total.events), 0)::bigint AS total_webhooks,
         coalesce(sum(total.processed), 0)::bigint AS processed_webhooks,
         coalesce(sum(total.errors), 0)::bigint AS error_webhooks,
         sum(total.ms) / nullif(sum(total.timed), 0) AS avg_processing_time_ms,
         max(account.last_webhook_at) AS last_webhook_at
    FROM compat.social_accounts account
    JOIN compat.users owner ON owner.id = account.user_id
    LEFT JOIN (
      SELECT tenant_id, channel_id, sum(events) AS events,
             sum(events) FILTER (WHERE status IN ('processed', 'duplicate', 'ignored')) AS processed,
             sum(events) FILTER (WHERE status IN ('failed', 'rejected')) AS errors, sum(ms) AS ms, sum(timed) AS timed
        FROM (
          SELECT tenant_id, channel_id, status, events, total_ms AS ms, CASE WHEN speed >= 0 AND total_ms IS NOT NULL THEN events END AS timed
            FROM public.webhook_log_volumes WHERE grain = 'day'
          UNION ALL
          SELECT tenant_id, channel_id, status, 1, processing_time_ms, CASE WHEN processing_time_ms IS NOT NULL THEN 1 END
            FROM public.webhook_logs
           WHERE id >= (SELECT door.first_id_from(coalesce(max(counted_until), '1970-01-01') - interval '5 minutes') FROM public.webhook_log_counts)
             AND received_at >= (SELECT coalesce(max(counted_until), '1970-01-01') FROM public.webhook_log_counts)
        ) counted GROUP BY tenant_id, channel_id
    ) total ON total.tenant_id = account.user_id AND total.channel_id = account.id
   WHERE account.platform IN ('whatsapp', 'whatsapp_business', 'instagram')
   GROUP BY account.user_id, owner.email, account.platform, account.business_name
   ORDER BY coalesce(sum(total.events), 0) DESC;

-- S3.3: asked before any tenant is known, so they pass through a door.
CREATE OR REPLACE FUNCTION compat.get_whatsapp_user_by_phone_number_id(p_phone_number_id varchar)
RETURNS TABLE (user_id uuid, social_account_id uuid, access_token text, app_secret varchar, verify_token varchar,
               display_phone_number varchar, business_name varchar, username varchar, is_active boolean)
LANGUAGE sql STABLE AS $$
  SELECT tenant_id, channel_id, config_encrypted, app_secret, verify_token, display_phone_number, business_name, name, enabled
    FROM door.social_account(ARRAY['whatsapp'], 'phone_number_id', p_phone_number_id)
$$;

CREATE OR REPLACE FUNCTION compat.get_instagram_user_by_business_account_id(p_account_id varchar)
RETURNS TABLE (user_id uuid, social_account_id uuid, instagram_business_account_id varchar, access_token text, app_secret varchar,
               verify_token varchar, display_name varchar, username varchar, is_active boolean)
LANGUAGE sql STABLE AS $$
  SELECT tenant_id, channel_id, account_id, config_encrypted, app_secret, verify_token, name, name, enabled
    FROM door.social_account(ARRAY['instagram'], 'account_id', p_account_id)
$$;

CREATE OR REPLACE FUNCTION compat.get_instagram_user_by_page_id(p_page_id varchar)
RETURNS TABLE (user_id uuid, social_account_id uuid, access_token text, app_secret varchar, verify_token varchar,
               display_name varchar, username varchar, is_active boolean)
LANGUAGE sql STABLE AS $$
  SELECT tenant_id, channel_id, config_encrypted, app_secret, verify_token, name, name, enabled
    FROM door.social_account(ARRAY['instagram'], 'page_id', p_page_id)
$$;

-- S3.4
CREATE OR REPLACE FUNCTION compat.log_webhook(
  p_social_account_id uuid, p_platform compat.social_platform, p_webhook_type varchar, p_payload jsonb,
  p_external_message_id varchar DEFAULT NULL, p_customer_identifier varchar DEFAULT NULL)
RETURNS uuid LANGUAGE sql AS $$
  SELECT door.log_event(p_social_account_id, p_platform, p_webhook_type, p_payload, p_external_message_id, p_customer_identifier)
$$;

CREATE OR REPLACE FUNCTION compat.mark_webhook_processed(
  p_webhook_log_id uuid, p_processing_time_ms integer DEFAULT NULL, p_error_message text DEFAULT NULL)
RETURNS void LANGUAGE sql AS $$
  SELECT door.mark_logged_event(p_webhook_log_id, p_processing_time_ms, p_error_message)
$$;

GRANT SELECT ON ALL TABLES IN SCHEMA compat TO guichet_app;
GRANT UPDATE ON compat.rendez_vous TO guichet_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA compat TO guichet_app;
