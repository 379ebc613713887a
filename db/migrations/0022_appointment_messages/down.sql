DROP TABLE "waitlist_offers";
DROP TABLE "waitlist_openings";
DROP TABLE "waitlist_entries";
DROP TABLE "appointment_messages";
DROP TABLE "appointment_message_words";
DROP TABLE "appointment_message_settings";
ALTER TABLE "conversations" DROP COLUMN "appointment_until";
ALTER TABLE "appointments" DROP COLUMN "move_asked_at";
ALTER TABLE "appointments" DROP COLUMN "customer_confirmed_at";
