CREATE TABLE "alert_mails" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"alert_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"event" text NOT NULL,
	"status" text DEFAULT 'owed' NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"claimed_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"mail_id" uuid,
	"error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alert_mails_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "alert_mails_once" UNIQUE("tenant_id","alert_id","user_id","event"),
	CONSTRAINT "alert_mails_event" CHECK (event in ('opened', 'recovered')),
	CONSTRAINT "alert_mails_status" CHECK (status in ('owed', 'sending', 'sent', 'unknown', 'failed', 'dropped'))
);

CREATE TABLE "saved_views" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"area" text NOT NULL,
	"name" text NOT NULL,
	"query" jsonb NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_views_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "saved_views_name" UNIQUE("tenant_id","owner_id","area","name"),
	CONSTRAINT "saved_views_area" CHECK (area in ('webhook_logs', 'tickets', 'inbox'))
);

ALTER TABLE "user_profiles" ADD COLUMN "alert_mails" boolean DEFAULT true NOT NULL;
ALTER TABLE "alert_mails" ADD CONSTRAINT "alert_mails_alert" FOREIGN KEY ("tenant_id","alert_id") REFERENCES "public"."alerts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "alert_mails" ADD CONSTRAINT "alert_mails_member" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_member" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
CREATE INDEX "alert_mails_due" ON "alert_mails" USING btree ("tenant_id","due_at") WHERE status in ('owed', 'sending');
CREATE INDEX "saved_views_list" ON "saved_views" USING btree ("tenant_id","area","id");
CREATE INDEX "alerts_key" ON "alerts" USING btree ("tenant_id","key","opened_at");
CREATE INDEX "messages_not_sent" ON "messages" USING btree ("tenant_id","id") WHERE direction = 'out' and status = 'failed';