DROP VIEW IF EXISTS compat.rendez_vous;
ALTER TABLE "call_logs" DROP CONSTRAINT "call_logs_appointment_fk";
DROP TABLE "appointment_events";
DROP TABLE "appointments";
DROP TABLE "time_off";
DROP TABLE "member_days";
DROP TABLE "member_hours";
DROP TABLE "service_members";
DROP TABLE "services";
