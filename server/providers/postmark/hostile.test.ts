import { testHostileMail } from "../testing-hostile-mail.ts";
import { postmark } from "./index.ts";

testHostileMail(postmark);
