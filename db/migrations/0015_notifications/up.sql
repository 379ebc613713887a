CREATE TABLE "notifications" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"actor_id" uuid,
	"times" integer DEFAULT 1 NOT NULL,
	"shown" boolean DEFAULT true NOT NULL,
	"seen_at" timestamp (3) with time zone,
	"mail" text,
	"mail_due_at" timestamp (3) with time zone,
	"mail_claimed_at" timestamp (3) with time zone,
	"mail_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"happened_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notifications_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "notifications_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed')),
	CONSTRAINT "notifications_subject" CHECK (subject in ('conversation', 'ticket')),
	CONSTRAINT "notifications_mail_status" CHECK (mail in ('owed', 'sending', 'sent', 'unknown', 'failed', 'dropped'))
);

CREATE TABLE "notification_choices" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"product" boolean NOT NULL,
	"push" boolean NOT NULL,
	"mail" boolean NOT NULL,
	CONSTRAINT "notification_choices_tenant_id_user_id_kind_pk" PRIMARY KEY("tenant_id","user_id","kind"),
	CONSTRAINT "notification_choices_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed'))
);

CREATE TABLE "push_subscriptions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "push_subscriptions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "push_subscriptions_endpoint" UNIQUE("tenant_id","endpoint")
);

ALTER TABLE "user_profiles" ADD COLUMN "quiet_from" text;
ALTER TABLE "user_profiles" ADD COLUMN "quiet_until" text;
ALTER TABLE "user_profiles" ADD COLUMN "muted_until" timestamp (3) with time zone;
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_member" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_member" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
CREATE UNIQUE INDEX "notifications_unseen_once" ON "notifications" USING btree ("tenant_id","user_id","kind","subject","subject_id") WHERE seen_at is null;
CREATE INDEX "notifications_list" ON "notifications" USING btree ("tenant_id","user_id","happened_at" DESC,"id" DESC) WHERE shown;
CREATE INDEX "notifications_unseen" ON "notifications" USING btree ("tenant_id","user_id") WHERE shown and seen_at is null;
CREATE INDEX "notifications_mail" ON "notifications" USING btree ("tenant_id","mail_due_at") WHERE mail in ('owed', 'sending');
CREATE INDEX "push_subscriptions_member" ON "push_subscriptions" USING btree ("tenant_id","user_id");
