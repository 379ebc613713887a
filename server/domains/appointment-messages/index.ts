export { planMessages } from "./plan-messages.ts";
export { type OpenAppointment, openAppointmentSql } from "./open-appointment-sql.ts";
export { type AppointmentAnswer, readAnswer } from "./read-answer.ts";
export { type GivenAnswer, recordAnswers } from "./record-answers.ts";
export { fillMessage, languageOf, subjectIn, textIn } from "./word-message.ts";
export { wordTime } from "./word-time.ts";
