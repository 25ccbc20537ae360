/** A position in a file: `line` and `column` count from 1, as editors and annotations do. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing that is wrong with what we were given, told to the person who has to mend it. */
export interface Problem {
  /** What is wrong, and why; one line, no final stop needed. Names the value that was found. */
  readonly message: string;
  /** The file (and line) that has to change. */
  readonly place?: Place;
  /** The logical ID, input or field it is about, when the message does not start with it already. */
  readonly subject?: string;
  /** The next step: an imperative sentence. */
  readonly next?: string;
}

/**
 * A failure that is explained: everything wrong with one input or one operation, at once.
 * Whoever catches it prints {@link problemLines}; a stack trace is shown only when debug is on.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[] | Problem, options?: ErrorOptions) {
    const list: readonly Problem[] = 'message' in problems ? [problems] : problems;
    super(list.map(problemLine).join('\n'), options);
    this.problems = list;
  }
}

/** `orders.yaml:41:7`, as far as it is known. */
export function placeText(place: Place): string {
  return [place.file, place.line, place.line === undefined ? undefined : place.column]
    .filter((part) => part !== undefined)
    .join(':');
}

/** One problem as one line: `subject: message (file:line:column). Next step.` */
export function problemLine(problem: Problem): string {
  const subject = problem.subject ? `${problem.subject}: ` : '';
  const place = problem.place ? ` (${placeText(problem.place)})` : '';
  const next = problem.next ? `${/[.!?]$/.test(problem.message + place) ? '' : '.'} ${problem.next}` : '';
  // Names and reasons are others' text, and may have lines of their own.
  return `${subject}${problem.message}${place}${next}`.replace(/\s*[\r\n]\s*/g, ' ');
}
