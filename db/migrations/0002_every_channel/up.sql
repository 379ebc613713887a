CREATE TABLE "alerts" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"severity" text NOT NULL,
	"channel_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alerts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "alerts_severity" CHECK (severity in ('warning', 'critical'))
);

CREATE TABLE "attachments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"message_id" uuid,
	"call_id" uuid,
	"channel_id" uuid,
	"position" integer DEFAULT 0 NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"reason" text,
	"file_name" text,
	"declared_type" text,
	"mime_type" text,
	"bytes" integer,
	"sha256" text,
	"width" integer,
	"height" integer,
	"storage_key" text,
	"source" jsonb,
	"inline" boolean DEFAULT false NOT NULL,
	"content_id" text,
	"uploaded_by" uuid,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attachments_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "attachments_kind" CHECK (kind in ('image', 'audio', 'video', 'document', 'sticker')),
	CONSTRAINT "attachments_status" CHECK (status in ('waiting', 'stored', 'failed', 'refused', 'expired'))
);

CREATE TABLE "storage_removals" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"storage_key" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "storage_removals_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);

CREATE TABLE "call_functions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"arguments" jsonb NOT NULL,
	"result" text,
	"error" text,
	"milliseconds" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "call_functions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);

CREATE TABLE "call_logs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"external_id" text NOT NULL,
	"customer_id" uuid,
	"conversation_id" uuid,
	"message_id" uuid,
	"assistant_id" text,
	"from_number" text,
	"to_number" text,
	"forwarded_from" text,
	"direction" text NOT NULL,
	"status" text NOT NULL,
	"duration_seconds" integer,
	"cost_cents" integer,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"recording_url" text,
	"transcript" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"summary" text,
	"sentiment" text,
	"ended_reason" text,
	"actions_performed" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"appointment_id" uuid,
	"prospect_id" uuid,
	"ticket_id" uuid,
	"started_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"reconciled_at" timestamp (3) with time zone,
	"reconcile_at" timestamp (3) with time zone,
	"webhook_log_id" uuid,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "call_logs_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "call_logs_direction" CHECK (direction in ('in', 'out')),
	CONSTRAINT "call_logs_status" CHECK (status in ('queued', 'ringing', 'in_progress', 'forwarded', 'voicemail', 'completed', 'no_answer', 'busy', 'failed', 'canceled')),
	CONSTRAINT "call_logs_sentiment" CHECK (sentiment in ('positive', 'neutral', 'negative', 'mixed'))
);

CREATE TABLE "channel_hours" (
	"tenant_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"events" integer NOT NULL,
	CONSTRAINT "channel_hours_tenant_id_channel_id_hour_pk" PRIMARY KEY("tenant_id","channel_id","hour")
);

CREATE TABLE "connection_attempts" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"platform" text NOT NULL,
	"state_hash" text NOT NULL,
	"verifier" text NOT NULL,
	"user_id" uuid NOT NULL,
	"channel_id" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connection_attempts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "connection_attempts_platform" CHECK (platform in ('instagram', 'whatsapp'))
);

CREATE TABLE "platform_connections" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"platform" text NOT NULL,
	"account_id" text NOT NULL,
	"account_name" text,
	"access_token" text,
	"refresh_token" text,
	"scopes" text[] DEFAULT '{}' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"refreshed_at" timestamp (3) with time zone,
	"last_sync_at" timestamp (3) with time zone,
	"last_error" text,
	"renewing_until" timestamp (3) with time zone,
	"connected_by" uuid,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "platform_connections_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "platform_connections_platform" CHECK (platform in ('instagram', 'whatsapp')),
	CONSTRAINT "platform_connections_status" CHECK (status in ('active', 'expired', 'revoked'))
);

CREATE TABLE "mail_bodies" (
	"tenant_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"html" text,
	"quoted_text" text,
	"signature" text,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"raw_key" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mail_bodies_tenant_id_message_id_pk" PRIMARY KEY("tenant_id","message_id")
);

CREATE TABLE "mail_folders" (
	"tenant_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"folder" text NOT NULL,
	"uid_validity" bigint NOT NULL,
	"last_uid" bigint DEFAULT 0 NOT NULL,
	"mode" text DEFAULT 'away' NOT NULL,
	"checked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mail_folders_tenant_id_channel_id_folder_pk" PRIMARY KEY("tenant_id","channel_id","folder")
);

CREATE TABLE "mailbox_leases" (
	"tenant_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"held_by" uuid NOT NULL,
	"held_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mailbox_leases_tenant_id_channel_id_pk" PRIMARY KEY("tenant_id","channel_id")
);

CREATE TABLE "message_templates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"external_id" text,
	"name" text NOT NULL,
	"language" text NOT NULL,
	"category" text DEFAULT 'utility' NOT NULL,
	"status" text NOT NULL,
	"quality" text,
	"status_reason" text,
	"header" text,
	"body" text NOT NULL,
	"footer" text,
	"buttons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"variables" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"definition" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"usage_count" integer DEFAULT 0 NOT NULL,
	"synced_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_templates_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "message_templates_status" CHECK (status in ('approved', 'pending', 'rejected', 'paused', 'disabled'))
);

DROP INDEX "conversations_address";
ALTER TABLE "channel_configurations" ADD COLUMN "token_expires_at" timestamp (3) with time zone;
ALTER TABLE "channel_configurations" ADD COLUMN "token_due_at" timestamp (3) with time zone;
ALTER TABLE "channel_configurations" ADD COLUMN "connection_id" uuid;
ALTER TABLE "channel_configurations" ADD COLUMN "business_hours" jsonb;
ALTER TABLE "channel_configurations" ADD COLUMN "away_message" text;
ALTER TABLE "channel_configurations" ADD COLUMN "auto_reply" text;
ALTER TABLE "channel_configurations" ADD COLUMN "mail_signature" text;
ALTER TABLE "channel_configurations" ADD COLUMN "voice" jsonb;
ALTER TABLE "channel_configurations" ADD COLUMN "default_assignee_id" uuid;
ALTER TABLE "channel_configurations" ADD COLUMN "sending_blocked" text;
ALTER TABLE "channel_configurations" ADD COLUMN "templates_due_at" timestamp (3) with time zone;
ALTER TABLE "conversations" ADD COLUMN "thread_key" text DEFAULT '' NOT NULL;
ALTER TABLE "conversations" ADD COLUMN "subject" text;
ALTER TABLE "conversations" ADD COLUMN "participants" text[] DEFAULT '{}' NOT NULL;
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_message_fk" FOREIGN KEY ("tenant_id","message_id") REFERENCES "public"."messages"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_call_fk" FOREIGN KEY ("tenant_id","call_id") REFERENCES "public"."call_logs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "call_functions" ADD CONSTRAINT "call_functions_call_fk" FOREIGN KEY ("tenant_id","call_id") REFERENCES "public"."call_logs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "call_logs" ADD CONSTRAINT "call_logs_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "call_logs" ADD CONSTRAINT "call_logs_channel_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channel_configurations"("tenant_id","id") ON DELETE restrict ON UPDATE no action;
ALTER TABLE "channel_hours" ADD CONSTRAINT "channel_hours_channel_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channel_configurations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "connection_attempts" ADD CONSTRAINT "connection_attempts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "platform_connections" ADD CONSTRAINT "platform_connections_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "mail_bodies" ADD CONSTRAINT "mail_bodies_message_fk" FOREIGN KEY ("tenant_id","message_id") REFERENCES "public"."messages"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "mailbox_leases" ADD CONSTRAINT "mailbox_leases_channel_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channel_configurations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "mail_folders" ADD CONSTRAINT "mail_folders_channel_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channel_configurations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "message_templates" ADD CONSTRAINT "message_templates_channel_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channel_configurations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
CREATE UNIQUE INDEX "alerts_open" ON "alerts" USING btree ("tenant_id","key") WHERE resolved_at is null;
CREATE INDEX "alerts_list" ON "alerts" USING btree ("tenant_id","opened_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
CREATE INDEX "attachments_message" ON "attachments" USING btree ("tenant_id","message_id","position");
CREATE INDEX "attachments_call" ON "attachments" USING btree ("tenant_id","call_id");
CREATE INDEX "attachments_due" ON "attachments" USING btree ("tenant_id","id") WHERE status = 'waiting';
CREATE INDEX "attachments_unused" ON "attachments" USING btree ("tenant_id","id") WHERE message_id is null and call_id is null;
CREATE INDEX "attachments_storage" ON "attachments" USING btree ("tenant_id","storage_key");
CREATE UNIQUE INDEX "call_functions_key" ON "call_functions" USING btree ("tenant_id","call_id","key");
CREATE UNIQUE INDEX "call_logs_external" ON "call_logs" USING btree ("tenant_id","channel_id","external_id");
CREATE INDEX "call_logs_list" ON "call_logs" USING btree ("tenant_id","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
CREATE INDEX "call_logs_customer" ON "call_logs" USING btree ("tenant_id","customer_id","started_at" DESC NULLS FIRST);
CREATE INDEX "call_logs_due" ON "call_logs" USING btree ("tenant_id","reconcile_at") WHERE reconcile_at is not null;
CREATE UNIQUE INDEX "connection_attempts_state" ON "connection_attempts" USING btree ("tenant_id","state_hash");
CREATE UNIQUE INDEX "platform_connections_account" ON "platform_connections" USING btree ("tenant_id","platform","account_id");
CREATE INDEX "platform_connections_expiry" ON "platform_connections" USING btree ("tenant_id","status","expires_at");
CREATE UNIQUE INDEX "message_templates_name" ON "message_templates" USING btree ("tenant_id","channel_id","name","language");
CREATE INDEX "channel_configurations_mailboxes" ON "channel_configurations" USING btree ("tenant_id","id") WHERE provider = 'email' and enabled and configured;
CREATE INDEX "conversations_thread" ON "conversations" USING btree ("tenant_id","channel_id","thread_key") WHERE thread_key <> '';
CREATE UNIQUE INDEX "conversations_address" ON "conversations" USING btree ("tenant_id","channel_id","address_kind","address_value","thread_key");
-- What Drizzle has no word for: optional references that forget only the link.
ALTER TABLE call_logs
  ADD CONSTRAINT call_logs_customer_fk FOREIGN KEY (tenant_id, customer_id)
    REFERENCES customers (tenant_id, id) ON DELETE SET NULL (customer_id),
  ADD CONSTRAINT call_logs_conversation_fk FOREIGN KEY (tenant_id, conversation_id)
    REFERENCES conversations (tenant_id, id) ON DELETE SET NULL (conversation_id),
  ADD CONSTRAINT call_logs_message_fk FOREIGN KEY (tenant_id, message_id)
    REFERENCES messages (tenant_id, id) ON DELETE SET NULL (message_id),
  ADD CONSTRAINT call_logs_ticket_fk FOREIGN KEY (tenant_id, ticket_id)
    REFERENCES tickets (tenant_id, id) ON DELETE SET NULL (ticket_id);
CREATE INDEX call_logs_conversation ON call_logs (tenant_id, conversation_id);
CREATE INDEX call_logs_message ON call_logs (tenant_id, message_id);
CREATE INDEX call_logs_ticket ON call_logs (tenant_id, ticket_id);
ALTER TABLE channel_configurations
  ADD CONSTRAINT channel_configurations_assignee_fk FOREIGN KEY (tenant_id, default_assignee_id)
    REFERENCES memberships (tenant_id, user_id) ON DELETE SET NULL (default_assignee_id),
  ADD CONSTRAINT channel_configurations_connection_fk FOREIGN KEY (tenant_id, connection_id)
    REFERENCES platform_connections (tenant_id, id) ON DELETE SET NULL (connection_id);
ALTER TABLE alerts
  ADD CONSTRAINT alerts_channel_fk FOREIGN KEY (tenant_id, channel_id)
    REFERENCES channel_configurations (tenant_id, id) ON DELETE CASCADE;
