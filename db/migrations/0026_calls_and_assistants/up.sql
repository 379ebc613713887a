-- When a missed call is looked at, rules that wait for missed calls, and what a business wants its
-- voice agents to be (decision 43).
ALTER TABLE "call_logs" ADD COLUMN "follow_up_at" timestamp (3) with time zone;
CREATE INDEX "call_logs_follow_up" ON "call_logs" USING btree ("tenant_id","follow_up_at") WHERE follow_up_at is not null;
CREATE INDEX "call_logs_missed" ON "call_logs" USING btree ("tenant_id","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE direction = 'in' and status in ('voicemail', 'no_answer', 'busy', 'failed', 'canceled');

ALTER TABLE "automation_facts" DROP CONSTRAINT "automation_facts_event";
ALTER TABLE "automation_facts" ADD CONSTRAINT "automation_facts_event" CHECK (event in ('ticket_opened', 'ticket_changed', 'message_received', 'reply_sent', 'conversation_opened', 'conversation_resolved', 'promise_near', 'promise_missed', 'call_missed'));
ALTER TABLE "automation_rules" DROP CONSTRAINT "automation_rules_event";
ALTER TABLE "automation_rules" ADD CONSTRAINT "automation_rules_event" CHECK (event in ('ticket_opened', 'ticket_changed', 'message_received', 'reply_sent', 'conversation_opened', 'conversation_resolved', 'promise_near', 'promise_missed', 'call_missed'));
ALTER TABLE "automation_runs" DROP CONSTRAINT "automation_runs_event";
ALTER TABLE "automation_runs" ADD CONSTRAINT "automation_runs_event" CHECK (event in ('ticket_opened', 'ticket_changed', 'message_received', 'reply_sent', 'conversation_opened', 'conversation_resolved', 'promise_near', 'promise_missed', 'call_missed'));

CREATE TABLE "assistant_versions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"sent_by" uuid,
	CONSTRAINT "assistant_versions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "assistant_versions_number" UNIQUE("tenant_id","channel_id","number")
);

ALTER TABLE "assistant_versions" ADD CONSTRAINT "assistant_versions_channel_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channel_configurations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
