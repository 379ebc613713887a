ALTER TABLE "appointments" DROP COLUMN "held_by";
ALTER TABLE "services" DROP COLUMN "online";
DROP TABLE "booking_tries";
DROP TABLE "booking_pages";
