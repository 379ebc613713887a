-- Trusted: an owner that is no superuser may create it. Exclusion constraints compare uuids and numbers with it.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE "services" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"duration_minutes" integer NOT NULL,
	"buffer_before_minutes" integer DEFAULT 0 NOT NULL,
	"buffer_after_minutes" integer DEFAULT 0 NOT NULL,
	"price_cents" integer,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"location" text DEFAULT '' NOT NULL,
	"capacity" integer DEFAULT 1 NOT NULL,
	"minimum_notice_minutes" integer DEFAULT 0 NOT NULL,
	"horizon_days" integer DEFAULT 60 NOT NULL,
	"slot_step_minutes" integer DEFAULT 30 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "services_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "services_minutes" CHECK (duration_minutes between 5 and 1440 and slot_step_minutes between 5 and 1440),
	CONSTRAINT "services_buffers" CHECK (buffer_before_minutes between 0 and 1440 and buffer_after_minutes between 0 and 1440),
	CONSTRAINT "services_capacity" CHECK (capacity between 1 and 100),
	CONSTRAINT "services_notice" CHECK (minimum_notice_minutes >= 0 and horizon_days > 0)
);

CREATE TABLE "service_members" (
	"tenant_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "service_members_tenant_id_service_id_user_id_pk" PRIMARY KEY("tenant_id","service_id","user_id")
);

CREATE TABLE "member_hours" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"timezone" text,
	"days" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_hours_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id")
);

CREATE TABLE "member_days" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"day" date NOT NULL,
	"spans" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_days_tenant_id_user_id_day_pk" PRIMARY KEY("tenant_id","user_id","day")
);

CREATE TABLE "time_off" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "time_off_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "time_off_order" CHECK (starts_at < ends_at)
);

CREATE TABLE "appointments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"seat" smallint NOT NULL,
	"customer_id" uuid,
	"status" text NOT NULL,
	"status_at" timestamp (3) with time zone NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"blocked_from" timestamp (3) with time zone NOT NULL,
	"blocked_until" timestamp (3) with time zone NOT NULL,
	"held_until" timestamp (3) with time zone,
	"location" text DEFAULT '' NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"internal_notes" text DEFAULT '' NOT NULL,
	"source" text DEFAULT 'manual' NOT NULL,
	"rescheduled_from_id" uuid,
	"conversation_id" uuid,
	"ticket_id" uuid,
	"call_id" uuid,
	"confirmation_sent_at" timestamp (3) with time zone,
	"reminder_24h_sent_at" timestamp (3) with time zone,
	"reminder_1h_sent_at" timestamp (3) with time zone,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "appointments_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "appointments_status_check" CHECK (status in ('held', 'confirmed', 'rescheduled', 'cancelled', 'completed', 'no_show')),
	CONSTRAINT "appointments_source_check" CHECK (source in ('manual', 'web', 'voice_agent')),
	CONSTRAINT "appointments_seat" CHECK (seat >= 1),
	CONSTRAINT "appointments_order" CHECK (blocked_from <= starts_at and starts_at < ends_at and ends_at <= blocked_until),
	CONSTRAINT "appointments_held_check" CHECK ((status = 'held') = (held_until is not null) and (status = 'held' or customer_id is not null))
);

CREATE TABLE "appointment_events" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"type" text NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"reason" text DEFAULT '' NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "appointment_events_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);

ALTER TABLE "services" ADD CONSTRAINT "services_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "service_members" ADD CONSTRAINT "service_members_service_fk" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "service_members" ADD CONSTRAINT "service_members_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "member_hours" ADD CONSTRAINT "member_hours_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "member_days" ADD CONSTRAINT "member_days_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_service_fk" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_customer_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "appointments"
  ADD CONSTRAINT appointments_rescheduled_from_fk FOREIGN KEY (tenant_id, rescheduled_from_id)
    REFERENCES appointments (tenant_id, id) ON DELETE SET NULL (rescheduled_from_id),
  ADD CONSTRAINT appointments_conversation_fk FOREIGN KEY (tenant_id, conversation_id)
    REFERENCES conversations (tenant_id, id) ON DELETE SET NULL (conversation_id),
  ADD CONSTRAINT appointments_ticket_fk FOREIGN KEY (tenant_id, ticket_id)
    REFERENCES tickets (tenant_id, id) ON DELETE SET NULL (ticket_id),
  ADD CONSTRAINT appointments_call_fk FOREIGN KEY (tenant_id, call_id)
    REFERENCES call_logs (tenant_id, id) ON DELETE SET NULL (call_id);
ALTER TABLE "call_logs"
  ADD CONSTRAINT call_logs_appointment_fk FOREIGN KEY (tenant_id, appointment_id)
    REFERENCES appointments (tenant_id, id) ON DELETE SET NULL (appointment_id);
ALTER TABLE "appointment_events" ADD CONSTRAINT "appointment_events_appointment_fk" FOREIGN KEY ("tenant_id","appointment_id") REFERENCES "public"."appointments"("tenant_id","id") ON DELETE cascade ON UPDATE no action;

-- A seat is taken once; and whoever gives one service gives no other meanwhile, nor the same one at another time.
ALTER TABLE "appointments"
  ADD CONSTRAINT appointments_seat_once EXCLUDE USING gist
    (tenant_id WITH =, user_id WITH =, seat WITH =, tstzrange(blocked_from, blocked_until) WITH &&) WHERE (status in ('held', 'confirmed')),
  ADD CONSTRAINT appointments_one_service EXCLUDE USING gist
    (tenant_id WITH =, user_id WITH =, service_id WITH <>, tstzrange(blocked_from, blocked_until) WITH &&) WHERE (status in ('held', 'confirmed')),
  ADD CONSTRAINT appointments_one_time EXCLUDE USING gist
    (tenant_id WITH =, user_id WITH =, starts_at WITH <>, tstzrange(blocked_from, blocked_until) WITH &&) WHERE (status in ('held', 'confirmed'));

CREATE UNIQUE INDEX "services_name" ON "services" USING btree ("tenant_id","name") WHERE archived_at is null;
CREATE INDEX "service_members_member" ON "service_members" USING btree ("tenant_id","user_id");
CREATE INDEX "time_off_member" ON "time_off" USING btree ("tenant_id","user_id","ends_at");
CREATE INDEX "appointments_time" ON "appointments" USING btree ("tenant_id","starts_at","id");
CREATE INDEX "appointments_member" ON "appointments" USING btree ("tenant_id","user_id","starts_at","id");
CREATE INDEX "appointments_service" ON "appointments" USING btree ("tenant_id","service_id","starts_at","id");
CREATE INDEX "appointments_status" ON "appointments" USING btree ("tenant_id","status","starts_at","id");
CREATE INDEX "appointments_customer" ON "appointments" USING btree ("tenant_id","customer_id","starts_at","id");
CREATE INDEX "appointments_conversation" ON "appointments" USING btree ("tenant_id","conversation_id") WHERE conversation_id is not null;
CREATE INDEX "appointments_ticket" ON "appointments" USING btree ("tenant_id","ticket_id") WHERE ticket_id is not null;
CREATE INDEX "appointments_call" ON "appointments" USING btree ("tenant_id","call_id") WHERE call_id is not null;
CREATE INDEX "appointments_held" ON "appointments" USING btree ("tenant_id","held_until") WHERE status = 'held';
CREATE UNIQUE INDEX "appointments_rescheduled_from" ON "appointments" USING btree ("tenant_id","rescheduled_from_id") WHERE rescheduled_from_id is not null;
CREATE INDEX "appointment_events_appointment" ON "appointment_events" USING btree ("tenant_id","appointment_id","id");
