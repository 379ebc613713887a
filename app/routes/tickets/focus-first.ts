/** For `ref`, on the field that a form was opened for: the same function every time, so that it runs once. */
export function focusFirst(field: HTMLElement | null): void {
  field?.focus();
}
