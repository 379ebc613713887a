import { Form, type FormProps } from "react-router";

import { FormErrors } from "./form-errors.tsx";

/** What the form needs of a form library's form; Conform's metadata fits as it is. */
export type PostedForm = Required<Pick<FormProps, "id" | "onSubmit">> & {
  errorId: string;
  errors: string[] | undefined;
};

interface PostFormProps extends Omit<FormProps, "method" | "id" | "onSubmit" | "noValidate"> {
  form: PostedForm;
}

/** A form that is posted by navigation: what is wrong with it as a whole stands above its fields. */
export function PostForm({ form, children, ...rest }: PostFormProps) {
  return (
    <Form {...rest} method="post" id={form.id} onSubmit={form.onSubmit} noValidate>
      <FormErrors errors={form.errors} id={form.errorId} />
      {children}
    </Form>
  );
}
