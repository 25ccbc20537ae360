/** A step of a JSONPath. */
export type PathStep =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'all' }
  | { readonly kind: 'descend' }
  | { readonly kind: 'filter'; readonly condition: PathCondition }
  | { readonly kind: 'function'; readonly name: string };

/** What `?( )` holds. */
export type PathCondition =
  | { readonly kind: 'or' | 'and'; readonly parts: readonly PathCondition[] }
  | { readonly kind: 'not'; readonly part: PathCondition }
  | { readonly kind: 'exists'; readonly of: PathOperand }
  | {
      readonly kind: 'compare';
      readonly operator: string;
      readonly left: PathOperand;
      readonly right: PathOperand;
    };

export type PathOperand =
  | { readonly kind: 'path'; readonly root: '@' | '$'; readonly steps: readonly PathStep[] }
  | {
      readonly kind: 'value';
      readonly value: string | number | boolean | null | readonly (string | number)[];
    }
  | { readonly kind: 'pattern'; readonly pattern: RegExp };

/** A path: what it starts from (`''`: the input, `$`: the context object, else a variable), and its steps. */
export interface ParsedPath {
  readonly root: string;
  readonly steps: readonly PathStep[];
  /** It can lead to one place only. */
  readonly definite: boolean;
}

const known = new Map<string, ParsedPath>();

/**
 * Reads a path as Step Functions writes them: JSONPath as Jayway's library knows it, `$$` for the context object, `$name` for a
 * variable.
 *
 * @throws SyntaxError when it is none
 */
export function parsePath(text: string): ParsedPath {
  const found = known.get(text);
  if (found) return found;
  const [whole, root = ''] = /^\$(\$|[A-Za-z_][A-Za-z0-9_]*)?/.exec(text) ?? [];
  if (whole === undefined)
    throw new SyntaxError(`${JSON.stringify(text)} is no path: it does not begin with $`);
  const reader = new PathReader(text, whole.length);
  const steps = reader.steps();
  if (!reader.atEnd) throw reader.wrong();
  const parsed = { root, steps, definite: steps.every(isDefinite) };
  known.set(text, parsed);
  return parsed;
}

const isDefinite = (step: PathStep): boolean =>
  step.kind === 'names'
    ? step.names.length === 1
    : step.kind === 'indexes'
      ? step.indexes.length === 1
      : step.kind === 'function';

const FUNCTIONS = new Set(['length', 'size', 'min', 'max', 'avg', 'stddev', 'sum', 'keys', 'first', 'last']);

/** Reads the text of a path from left to right. */
class PathReader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  wrong(): SyntaxError {
    return new SyntaxError(
      `${JSON.stringify(this.#text)} is no path: not understood from ${this.#text.slice(this.#at)}`,
    );
  }

  steps(): PathStep[] {
    const found: PathStep[] = [];
    while (!this.atEnd) {
      if (this.#take('..')) {
        found.push({ kind: 'descend' });
        if (this.#peek() !== '[') found.push(this.#named());
      } else if (this.#take('.')) found.push(this.#named());
      else if (this.#peek() === '[') found.push(this.#bracket());
      else break;
    }
    return found;
  }

  #named(): PathStep {
    if (this.#take('*')) return { kind: 'all' };
    if (this.#peek() === '[') return this.#bracket();
    const name = this.#match(/[^.[\]()\s=<>!&|,'"?*]+/y);
    if (name === undefined) throw this.wrong();
    if (FUNCTIONS.has(name) && this.#match(/\(\s*\)/y) !== undefined) return { kind: 'function', name };
    return { kind: 'names', names: [name] };
  }

  #bracket(): PathStep {
    this.#take('[');
    this.#space();
    if (this.#take('*')) return this.#closed({ kind: 'all' });
    if (this.#take('?')) {
      this.#space();
      const condition = this.#condition();
      return this.#closed({ kind: 'filter', condition });
    }
    if (this.#peek() === "'" || this.#peek() === '"') {
      const names = [this.#quoted()];
      while (this.#comma()) names.push(this.#quoted());
      return this.#closed({ kind: 'names', names });
    }
    const slice = this.#match(/(-?\d*)\s*:\s*(-?\d*)(?::1?)?/y);
    if (slice !== undefined) {
      const [from = '', to = ''] = slice.split(':').map((part) => part.trim());
      return this.#closed({
        kind: 'slice',
        from: from === '' ? undefined : Number(from),
        to: to === '' ? undefined : Number(to),
      });
    }
    const indexes = [this.#integer()];
    while (this.#comma()) indexes.push(this.#integer());
    return this.#closed({ kind: 'indexes', indexes });
  }

  #closed(step: PathStep): PathStep {
    this.#space();
    if (!this.#take(']')) throw this.wrong();
    return step;
  }

  #condition(): PathCondition {
    const parts = [this.#conjunction()];
    while (this.#taken('||')) parts.push(this.#conjunction());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', parts };
  }

  #conjunction(): PathCondition {
    const parts = [this.#simple()];
    while (this.#taken('&&')) parts.push(this.#simple());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'and', parts };
  }

  #simple(): PathCondition {
    this.#space();
    if (this.#take('!')) return { kind: 'not', part: this.#simple() };
    if (this.#take('(')) {
      const inner = this.#condition();
      this.#space();
      if (!this.#take(')')) throw this.wrong();
      return inner;
    }
    const left = this.#operand();
    this.#space();
    const operator = this.#match(/==|!=|<=|>=|=~|<|>|(?:in|nin|contains|size|empty)\b/y);
    if (operator === undefined) return { kind: 'exists', of: left };
    this.#space();
    return { kind: 'compare', operator, left, right: this.#operand() };
  }

  #operand(): PathOperand {
    this.#space();
    if (this.#take('@')) return { kind: 'path', root: '@', steps: this.steps() };
    if (this.#take('$')) return { kind: 'path', root: '$', steps: this.steps() };
    if (this.#peek() === "'" || this.#peek() === '"') return { kind: 'value', value: this.#quoted() };
    if (this.#take('[')) {
      const items: (string | number)[] = [];
      this.#space();
      while (this.#peek() !== ']') {
        items.push(this.#peek() === "'" || this.#peek() === '"' ? this.#quoted() : this.#number());
        if (!this.#comma()) break;
      }
      this.#space();
      if (!this.#take(']')) throw this.wrong();
      return { kind: 'value', value: items };
    }
    const word = this.#match(/(?:true|false|null)\b/y);
    if (word !== undefined) return { kind: 'value', value: JSON.parse(word) };
    const pattern = this.#match(/\/(?:[^/\\]|\\.)+\/[im]*/y);
    if (pattern !== undefined) {
      const end = pattern.lastIndexOf('/');
      return {
        kind: 'pattern',
        pattern: new RegExp(`^(?:${pattern.slice(1, end)})$`, pattern.slice(end + 1)),
      };
    }
    return { kind: 'value', value: this.#number() };
  }

  #quoted(): string {
    this.#space();
    const raw = this.#match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y);
    if (raw === undefined) throw this.wrong();
    const quote = raw[0] ?? '';
    return raw.slice(1, -1).replaceAll(`\\${quote}`, quote);
  }

  #integer(): number {
    this.#space();
    const found = this.#match(/-?\d+/y);
    if (found === undefined) throw this.wrong();
    return Number(found);
  }

  #number(): number {
    this.#space();
    const found = this.#match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (found === undefined) throw this.wrong();
    return Number(found);
  }

  #comma(): boolean {
    this.#space();
    return this.#take(',');
  }

  #taken(text: string): boolean {
    this.#space();
    return this.#take(text);
  }

  #space(): void {
    this.#match(/\s*/y);
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
