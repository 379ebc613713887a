import { testHostileMail } from "../testing-hostile-mail.ts";
import { sendgrid } from "./index.ts";

testHostileMail(sendgrid);
