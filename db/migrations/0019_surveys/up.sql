CREATE TABLE "survey_settings" (
	"tenant_id" uuid NOT NULL,
	"send_from" text DEFAULT '09:00' NOT NULL,
	"send_until" text DEFAULT '20:00' NOT NULL,
	"business_hours" boolean DEFAULT false NOT NULL,
	"rest_days" integer DEFAULT 30 NOT NULL,
	"answer_days" integer DEFAULT 7 NOT NULL,
	"low_score" smallint DEFAULT 2,
	"tell_assignee" boolean DEFAULT true NOT NULL,
	"tell_managers" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "survey_settings_tenant_id_pk" PRIMARY KEY("tenant_id"),
	CONSTRAINT "survey_settings_hours" CHECK (send_from < send_until),
	CONSTRAINT "survey_settings_days" CHECK (rest_days between 0 and 365 and answer_days between 1 and 60),
	CONSTRAINT "survey_settings_low_score" CHECK (low_score between 1 and 4)
);

CREATE TABLE "survey_channels" (
	"tenant_id" uuid NOT NULL,
	"channel_type" text NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"delay_minutes" integer DEFAULT 60 NOT NULL,
	"question_fr" text,
	"question_en" text,
	"template_name" text,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "survey_channels_tenant_id_channel_type_pk" PRIMARY KEY("tenant_id","channel_type"),
	CONSTRAINT "survey_channels_type" CHECK (channel_type in ('whatsapp', 'sms', 'instagram', 'email')),
	CONSTRAINT "survey_channels_delay" CHECK (delay_minutes between 0 and 43200)
);

CREATE TABLE "surveys" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"channel_type" text NOT NULL,
	"ticket_id" uuid,
	"member_id" uuid,
	"status" text DEFAULT 'planned' NOT NULL,
	"reason" text,
	"resolved_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"asked_at" timestamp (3) with time zone,
	"message_id" uuid,
	"language" text,
	"token_hash" text,
	"token_sealed" text,
	"answerable_until" timestamp (3) with time zone,
	"score" smallint,
	"comment" text,
	"answered_at" timestamp (3) with time zone,
	"answered_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "surveys_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "surveys_token" UNIQUE("token_hash"),
	CONSTRAINT "surveys_status_check" CHECK (status in ('planned', 'asked', 'answered', 'not_sent')),
	CONSTRAINT "surveys_reason" CHECK ((status = 'not_sent') = (reason is not null)),
	CONSTRAINT "surveys_score_check" CHECK (score between 1 and 5),
	CONSTRAINT "surveys_answered" CHECK ((status = 'answered') = (score is not null)),
	CONSTRAINT "surveys_answered_by" CHECK (answered_by in ('link', 'reply'))
);

ALTER TABLE "conversations" ADD COLUMN "survey_until" timestamp (3) with time zone;
ALTER TABLE "survey_settings" ADD CONSTRAINT "survey_settings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "survey_channels" ADD CONSTRAINT "survey_channels_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "surveys" ADD CONSTRAINT "surveys_conversation_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
CREATE UNIQUE INDEX "surveys_planned_once" ON "surveys" USING btree ("tenant_id","conversation_id") WHERE status = 'planned';
CREATE INDEX "surveys_due" ON "surveys" USING btree ("tenant_id","due_at") WHERE status = 'planned';
CREATE INDEX "surveys_conversation" ON "surveys" USING btree ("tenant_id","conversation_id","asked_at");
CREATE INDEX "surveys_customer" ON "surveys" USING btree ("tenant_id","customer_id","due_at" DESC);
CREATE INDEX "surveys_asked" ON "surveys" USING btree ("tenant_id","due_at" DESC,"id" DESC) WHERE status in ('asked', 'answered');
CREATE INDEX "surveys_status" ON "surveys" USING btree ("tenant_id","status","due_at" DESC,"id" DESC);
CREATE INDEX "surveys_member" ON "surveys" USING btree ("tenant_id","member_id","due_at" DESC,"id" DESC);
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed', 'rule', 'low_score'));
ALTER TABLE "notification_choices" DROP CONSTRAINT "notification_choices_kind";
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed', 'rule', 'low_score'));

-- Links that are unset when what they point to goes: only the link, never the tenant.
ALTER TABLE surveys
  ADD CONSTRAINT surveys_customer_fk FOREIGN KEY (tenant_id, customer_id)
    REFERENCES customers (tenant_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT surveys_ticket_fk FOREIGN KEY (tenant_id, ticket_id)
    REFERENCES tickets (tenant_id, id) ON DELETE SET NULL (ticket_id),
  ADD CONSTRAINT surveys_message_fk FOREIGN KEY (tenant_id, message_id)
    REFERENCES messages (tenant_id, id) ON DELETE SET NULL (message_id);
CREATE INDEX surveys_message ON surveys (tenant_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX surveys_ticket ON surveys (tenant_id, ticket_id, id) WHERE ticket_id IS NOT NULL;
