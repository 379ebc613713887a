CREATE TABLE "appointment_message_settings" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"send_from" text DEFAULT '08:00' NOT NULL,
	"send_until" text DEFAULT '20:00' NOT NULL,
	"offer_minutes" smallint DEFAULT 30 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "appointment_message_settings_hours" CHECK (send_from < send_until),
	CONSTRAINT "appointment_message_settings_offer" CHECK (offer_minutes between 5 and 1440)
);

CREATE TABLE "appointment_message_words" (
	"tenant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"enabled" boolean NOT NULL,
	"text_fr" text,
	"text_en" text,
	"template_name" text,
	"template_values" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "appointment_message_words_tenant_id_kind_pk" PRIMARY KEY("tenant_id","kind"),
	CONSTRAINT "appointment_message_words_kind" CHECK (kind in ('confirmation', 'change', 'reminder_24h', 'reminder_1h', 'cancellation', 'no_show', 'waitlist_offer'))
);

CREATE TABLE "appointment_messages" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"version" smallint DEFAULT 1 NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'planned' NOT NULL,
	"reason" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"asked" boolean DEFAULT false NOT NULL,
	"channel_type" text,
	"conversation_id" uuid,
	"message_id" uuid,
	"sent_at" timestamp (3) with time zone,
	"answerable_until" timestamp (3) with time zone,
	"answer" text,
	"answered_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "appointment_messages_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "appointment_messages_kind" CHECK (kind in ('confirmation', 'change', 'reminder_24h', 'reminder_1h', 'cancellation', 'no_show', 'move_link')),
	CONSTRAINT "appointment_messages_status" CHECK (status in ('planned', 'sent', 'not_sent')),
	CONSTRAINT "appointment_messages_reason" CHECK ((status = 'not_sent') = (reason is not null)),
	CONSTRAINT "appointment_messages_sent" CHECK ((status = 'sent') = (message_id is not null)),
	CONSTRAINT "appointment_messages_answer" CHECK (answer in ('confirmed', 'move'))
);

CREATE TABLE "waitlist_entries" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"user_id" uuid,
	"from_at" timestamp (3) with time zone NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"source" text NOT NULL,
	"appointment_id" uuid,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waitlist_entries_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "waitlist_entries_status" CHECK (status in ('waiting', 'booked', 'left', 'over')),
	CONSTRAINT "waitlist_entries_source" CHECK (source in ('manual', 'web', 'voice_agent')),
	CONSTRAINT "waitlist_entries_order_of_times" CHECK (from_at < until_at)
);

CREATE TABLE "waitlist_offers" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"opening_id" uuid,
	"user_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"hold_id" uuid,
	"token_hash" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"conversation_id" uuid,
	"message_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "waitlist_offers_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "waitlist_offers_token" UNIQUE("token_hash"),
	CONSTRAINT "waitlist_offers_status" CHECK (status in ('open', 'accepted', 'lapsed', 'withdrawn', 'declined', 'not_sent')),
	CONSTRAINT "waitlist_offers_open" CHECK (status <> 'open' or (hold_id is not null and token_hash is not null))
);

CREATE TABLE "waitlist_openings" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"by_hand" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waitlist_openings_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);

ALTER TABLE "appointments" ADD COLUMN "customer_confirmed_at" timestamp (3) with time zone;
ALTER TABLE "appointments" ADD COLUMN "move_asked_at" timestamp (3) with time zone;
ALTER TABLE "conversations" ADD COLUMN "appointment_until" timestamp (3) with time zone;
ALTER TABLE "appointment_message_settings" ADD CONSTRAINT "appointment_message_settings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "appointment_message_words" ADD CONSTRAINT "appointment_message_words_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "appointment_messages" ADD CONSTRAINT "appointment_messages_appointment_fk" FOREIGN KEY ("tenant_id","appointment_id") REFERENCES "public"."appointments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_customer_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_service_fk" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_entry_fk" FOREIGN KEY ("tenant_id","entry_id") REFERENCES "public"."waitlist_entries"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "waitlist_openings" ADD CONSTRAINT "waitlist_openings_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
CREATE UNIQUE INDEX "appointment_messages_once" ON "appointment_messages" USING btree ("tenant_id","appointment_id","version","kind");
CREATE INDEX "appointment_messages_due" ON "appointment_messages" USING btree ("tenant_id","due_at") WHERE status = 'planned';
CREATE INDEX "appointment_messages_conversation" ON "appointment_messages" USING btree ("tenant_id","conversation_id","sent_at") WHERE conversation_id is not null;
CREATE INDEX "waitlist_entries_order" ON "waitlist_entries" USING btree ("tenant_id","status","created_at","id");
CREATE INDEX "waitlist_entries_customer" ON "waitlist_entries" USING btree ("tenant_id","customer_id");
CREATE UNIQUE INDEX "waitlist_entries_once" ON "waitlist_entries" USING btree ("tenant_id","customer_id","service_id") WHERE status = 'waiting';
CREATE INDEX "waitlist_offers_entry" ON "waitlist_offers" USING btree ("tenant_id","entry_id","id");
CREATE INDEX "waitlist_offers_opening" ON "waitlist_offers" USING btree ("tenant_id","opening_id","entry_id");
CREATE UNIQUE INDEX "waitlist_offers_open_opening" ON "waitlist_offers" USING btree ("tenant_id","opening_id") WHERE status = 'open';
CREATE UNIQUE INDEX "waitlist_offers_open_entry" ON "waitlist_offers" USING btree ("tenant_id","entry_id") WHERE status = 'open';
CREATE INDEX "waitlist_openings_due" ON "waitlist_openings" USING btree ("tenant_id","due_at");