-- Rules that work by themselves, what they have not looked at yet, and what they did (decision 33).
CREATE TABLE "automation_facts" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"event" text NOT NULL,
	"ticket_id" uuid,
	"conversation_id" uuid,
	"message_id" uuid,
	"changed" text[] DEFAULT '{}' NOT NULL,
	"origin_id" uuid NOT NULL,
	"depth" smallint DEFAULT 0 NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "automation_facts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "automation_facts_event" CHECK (event in ('ticket_opened', 'ticket_changed', 'message_received', 'reply_sent', 'conversation_opened', 'conversation_resolved', 'promise_near', 'promise_missed'))
);

CREATE TABLE "automation_rules" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"event" text NOT NULL,
	"changed" text,
	"match" text DEFAULT 'all' NOT NULL,
	"conditions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"actions" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "automation_rules_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "automation_rules_name" UNIQUE("tenant_id","name"),
	CONSTRAINT "automation_rules_event" CHECK (event in ('ticket_opened', 'ticket_changed', 'message_received', 'reply_sent', 'conversation_opened', 'conversation_resolved', 'promise_near', 'promise_missed')),
	CONSTRAINT "automation_rules_changed" CHECK (changed in ('status', 'priority', 'category', 'team', 'assignee', 'field', 'subject', 'due')),
	CONSTRAINT "automation_rules_match" CHECK (match in ('all', 'any'))
);

CREATE TABLE "automation_runs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"origin_id" uuid NOT NULL,
	"depth" smallint NOT NULL,
	"event" text NOT NULL,
	"ticket_id" uuid,
	"conversation_id" uuid,
	"outcome" text NOT NULL,
	"failed_condition" smallint,
	"reason" text,
	"steps" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"replied" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "automation_runs_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "automation_runs_event" CHECK (event in ('ticket_opened', 'ticket_changed', 'message_received', 'reply_sent', 'conversation_opened', 'conversation_resolved', 'promise_near', 'promise_missed')),
	CONSTRAINT "automation_runs_outcome_check" CHECK (outcome in ('done', 'not_matched', 'stopped'))
);

ALTER TABLE "automation_facts" ADD CONSTRAINT "automation_facts_ticket" FOREIGN KEY ("tenant_id","ticket_id") REFERENCES "public"."tickets"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "automation_facts" ADD CONSTRAINT "automation_facts_conversation" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "automation_rules" ADD CONSTRAINT "automation_rules_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "automation_runs" ADD CONSTRAINT "automation_runs_rule_fk" FOREIGN KEY ("tenant_id","rule_id") REFERENCES "public"."automation_rules"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
CREATE INDEX "automation_runs_rule" ON "automation_runs" USING btree ("tenant_id","rule_id","id" DESC NULLS FIRST);
CREATE INDEX "automation_runs_outcome" ON "automation_runs" USING btree ("tenant_id","rule_id","outcome","id" DESC NULLS FIRST);
CREATE UNIQUE INDEX "automation_runs_once" ON "automation_runs" USING btree ("tenant_id","origin_id","rule_id") WHERE outcome = 'done';
CREATE INDEX "automation_runs_replied" ON "automation_runs" USING btree ("tenant_id","conversation_id","rule_id","created_at") WHERE replied;
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed', 'rule'));
ALTER TABLE "notification_choices" DROP CONSTRAINT "notification_choices_kind";
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed', 'rule'));
