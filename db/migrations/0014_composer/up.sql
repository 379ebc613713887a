CREATE TABLE "drafts" (
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"note" boolean DEFAULT false NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"attachment_ids" uuid[] DEFAULT '{}' NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "drafts_tenant_id_conversation_id_user_id_pk" PRIMARY KEY("tenant_id","conversation_id","user_id")
);

CREATE TABLE "scheduled_messages" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"text" text NOT NULL,
	"attachment_ids" uuid[] DEFAULT '{}' NOT NULL,
	"reply_to_id" uuid,
	"subject" text,
	"cc" text[],
	"idempotency_key" text NOT NULL,
	"scheduled_for" timestamp (3) with time zone NOT NULL,
	"held" boolean NOT NULL,
	"unless_answered" boolean DEFAULT false NOT NULL,
	"status" text DEFAULT 'scheduled' NOT NULL,
	"refusal" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scheduled_messages_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scheduled_messages_key" UNIQUE("tenant_id","idempotency_key"),
	CONSTRAINT "scheduled_messages_status" CHECK (status in ('scheduled', 'failed', 'cancelled'))
);

ALTER TABLE "user_profiles" ADD COLUMN "undo_seconds" integer DEFAULT 5 NOT NULL;
ALTER TABLE "user_profiles" ADD CONSTRAINT "user_profiles_undo" CHECK (undo_seconds in (0, 5, 10));
ALTER TABLE "quick_replies" ADD COLUMN "owner_id" uuid;
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_conversation" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "scheduled_messages" ADD CONSTRAINT "scheduled_messages_conversation" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "scheduled_messages" ADD CONSTRAINT "scheduled_messages_author" FOREIGN KEY ("tenant_id","author_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "quick_replies" ADD CONSTRAINT "quick_replies_owner" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
CREATE INDEX "drafts_member" ON "drafts" USING btree ("tenant_id","user_id");
CREATE INDEX "scheduled_messages_thread" ON "scheduled_messages" USING btree ("tenant_id","conversation_id","scheduled_for");
CREATE INDEX "scheduled_messages_due" ON "scheduled_messages" USING btree ("tenant_id","scheduled_for") WHERE status = 'scheduled';
DROP INDEX "quick_replies_shortcut";
CREATE UNIQUE INDEX "quick_replies_shortcut" ON "quick_replies" USING btree ("tenant_id","shortcut") WHERE owner_id is null;
CREATE UNIQUE INDEX "quick_replies_own_shortcut" ON "quick_replies" USING btree ("tenant_id","owner_id","shortcut") WHERE owner_id is not null;
