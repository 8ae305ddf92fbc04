/** What is wrong in a template, and where. Thrown and caught by the parser; callers get a value. */
export class TemplateSyntaxError extends Error {
  /** In UTF-16 units. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
