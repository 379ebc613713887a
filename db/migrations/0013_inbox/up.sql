-- Conversations that sleep until a time, that are spam, and the labels they bear.
ALTER TABLE "conversations" ADD COLUMN "snoozed_until" timestamp (3) with time zone;
ALTER TABLE "conversations" DROP CONSTRAINT "conversations_status_check";
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_status_check" CHECK (status in ('open', 'snoozed', 'resolved', 'spam'));
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_snoozed_check" CHECK ((status = 'snoozed') = (snoozed_until is not null));
CREATE INDEX "conversations_snoozed" ON "conversations" USING btree ("tenant_id","snoozed_until") WHERE snoozed_until is not null;

CREATE TABLE "labels" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"colour" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "labels_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "labels_colour" CHECK (colour in ('grey', 'blue', 'green', 'yellow', 'orange', 'red', 'purple'))
);
CREATE TABLE "conversation_labels" (
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"label_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_labels_tenant_id_conversation_id_label_id_pk" PRIMARY KEY("tenant_id","conversation_id","label_id")
);
ALTER TABLE "labels" ADD CONSTRAINT "labels_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "conversation_labels" ADD CONSTRAINT "conversation_labels_conversation_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "conversation_labels" ADD CONSTRAINT "conversation_labels_label_fk" FOREIGN KEY ("tenant_id","label_id") REFERENCES "public"."labels"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
CREATE UNIQUE INDEX "labels_name" ON "labels" USING btree ("tenant_id","name");
CREATE INDEX "conversation_labels_label" ON "conversation_labels" USING btree ("tenant_id","label_id","conversation_id");

ALTER TABLE "webhook_logs" DROP CONSTRAINT "webhook_logs_reason_check";
ALTER TABLE "webhook_logs" ADD CONSTRAINT "webhook_logs_reason_check" CHECK (reason in ('signature_mismatch', 'missing_signature', 'verify_token_mismatch', 'not_configured', 'unknown_account', 'malformed', 'too_large', 'duplicate', 'unsupported_type', 'stale', 'channel_paused', 'waiting_for_message', 'sender_blocked', 'handler_error'));
