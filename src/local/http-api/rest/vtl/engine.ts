import velocity from 'velocityjs';
import { isKnownMethod, isMap, JavaDouble, javaText, methodOf, type VtlValue } from './java.ts';
import { isTrue, operate } from './operators.ts';
import { macroNames, prepare, restoreQuotes, restoreSigns } from './prepare.ts';

type Parts = ReturnType<typeof velocity.parse>;
type Part = Parts[number];
type Foreach = Extract<Part, { readonly to: string }>;

const HANDLERS = [
  {
    uid: 'methods of Java',
    match: ({ property, context }: { property: string; context: VtlValue }): boolean =>
      methodOf(context, property) !== undefined || !(isMap(context) || Array.isArray(context)),
    resolve: ({
      property,
      context,
      params,
    }: {
      property: string;
      context: VtlValue;
      params: readonly VtlValue[];
    }): VtlValue => methodOf(context, property)?.(params),
  },
];

/** What `$foreach` is. */
interface Loop {
  readonly index: number;
  readonly count: number;
  readonly hasNext: boolean;
  readonly first: boolean;
  readonly last: boolean;
  readonly parent: Loop | undefined;
}

/** The library's language, with Java's values where it has those of JavaScript. Its types call every value a text. */
class Template extends velocity.Compile {
  #loop: Loop | undefined;
  #loops = 0;
  readonly #macroNames: ReadonlySet<string>;

  constructor(template: string) {
    const names = macroNames(template);
    super(velocity.parse(prepare(template, names)), { customMethodHandlers: HANDLERS });
    this.#macroNames = names;
  }

  override getReferences(ast: Part, isWritten = false): string {
    const value: VtlValue = super.getReferences(ast, false);
    if (!isWritten) return value as string;
    if (value !== undefined && value !== null) return javaText(value);
    // API Gateway writes nothing of what leads to nothing; but what only Java knows must not be lost without a word.
    if (!('leader' in ast) || !callsUnknown(ast)) return '';
    return restoreQuotes(velocity.Helper.getRefText(ast));
  }

  /** `#break` ends the turn that it is in, too. */
  override renderAstList(parts: Parts = this.asts, contextId?: string): string {
    let text = '';
    for (const part of parts) {
      if (this.runState.break || this.runState.stop) break;
      text += super.renderAstList([part], contextId);
    }
    return text;
  }

  override getBlock(block: Parts): string {
    const [head] = block;
    if (head?.type === 'if') return this.#choose(block);
    if (isForeach(head)) return this.#repeat(block, head);
    return super.getBlock(block);
  }

  /** `#if`, whose conditions are true as Velocity's are. */
  #choose(block: Parts): string {
    const starts = block.flatMap((part, at) => (BRANCHES.has(part.type) ? [at] : []));
    const chosen = starts.findIndex((at) => {
      const part = block[at];
      return part && (!('condition' in part) || isTrue(this.getExpression(part.condition)));
    });
    if (chosen < 0) return '';
    const body = block.slice((starts[chosen] ?? 0) + 1, starts[chosen + 1]);
    return this.renderAstList(body, this.contextId);
  }

  /** `#foreach`, with its `#else`; what it names is gone after it. */
  #repeat(block: Parts, head: Foreach): string {
    const from: VtlValue = this.getLiteral({ ...head.from, pos: head.pos });
    const items = Array.isArray(from) ? from : isMap(from) ? Object.values(from) : [];
    const otherwise = block.findIndex(({ type }) => type === 'else');
    const body = block.slice(1, otherwise < 0 ? undefined : otherwise);
    const outer = this.contextId;
    if (items.length === 0) return otherwise < 0 ? '' : this.renderAstList(block.slice(otherwise + 1), outer);
    const parent = this.#loop;
    const id = `foreach:${this.#loops++}`;
    let text = '';
    for (const [index, item] of items.entries()) {
      const count = index + 1;
      if (count > MOST_TURNS)
        throw new Error(`a #foreach has more turns than ${MOST_TURNS}, the most at AWS`);
      const hasNext = count < items.length;
      this.#loop = { index, count, hasNext, first: index === 0, last: !hasNext, parent };
      this.local[id] = { [head.to]: item, foreach: this.#loop };
      text += this.renderAstList(body, id);
      if (this.runState.break || this.runState.stop) break;
    }
    this.runState.break = false;
    this.#loop = parent;
    this.conditions = this.conditions.filter((each) => each !== id);
    delete this.local[id];
    this.contextId = outer;
    return text;
  }

  override getExpression(ast: Part): string {
    return this.#evaluate(ast) as string;
  }

  #evaluate(ast: Part): VtlValue {
    if (!('operator' in ast)) return this.getLiteral(ast);
    const [left, right] = ast.expression as Parts;
    if (!left) return undefined;
    if (ast.operator === 'parenthesis') return this.#evaluate(left);
    if (ast.operator === 'not') return !isTrue(this.#evaluate(left));
    if (ast.operator === 'minus') return operate('-', 0, this.#evaluate(left));
    if (!right) return undefined;
    if (ast.operator === '&&') return isTrue(this.#evaluate(left)) && isTrue(this.#evaluate(right));
    if (ast.operator === '||') return isTrue(this.#evaluate(left)) || isTrue(this.#evaluate(right));
    const [first, second] = [this.#evaluate(left), this.#evaluate(right)];
    if (ast.operator !== '+') return operate(ast.operator, first, second);
    if (typeof first === 'string')
      return first + (second === undefined ? this.#written(right) : javaText(second));
    if (typeof second === 'string')
      return (first === undefined ? this.#written(left) : javaText(first)) + second;
    return operate('+', first, second);
  }

  #written = (ast: Part): string => (ast.type === 'references' ? this.getReferences(ast, true) : '');

  override getLiteral(literal: Part): string {
    const value: VtlValue =
      literal.type === 'string'
        ? this.#text(literal)
        : 'operator' in literal
          ? this.#evaluate(literal)
          : super.getLiteral(literal);
    return (String(literal.type) === 'decimal' ? new JavaDouble(Number(value)) : value) as string;
  }

  #text(literal: Extract<Part, { type: 'string' }>): string {
    const text = restoreQuotes(literal.value);
    return literal.isEval && /[#$]/.test(text) ? this.evalStr(text) : text;
  }

  override evalStr(text: string): string {
    return restoreSigns(this.renderAstList(velocity.parse(prepare(text, this.#macroNames)), this.contextId));
  }
}

/** Source: API Gateway developer guide, quotas: iterations of a `#foreach` in mapping templates; they cannot be raised. */
const MOST_TURNS = 1000;

/** Whether a reference calls a method that templates have at AWS, and not here. */
const callsUnknown = (ast: Part): boolean =>
  'path' in ast &&
  Array.isArray(ast.path) &&
  ast.path.some((step) => step.type === 'method' && typeof step.id === 'string' && !isKnownMethod(step.id));

const isForeach = (part: Part | undefined): part is Foreach => part?.type === 'foreach';
const BRANCHES: ReadonlySet<string> = new Set(['if', 'elseif', 'else']);

/**
 * Writes a template of the Velocity Template Language.
 *
 * @param variables by name, without `$`; `#set` changes what is in them
 * @throws Error where the template is none
 */
export function renderTemplate(template: string, variables: Record<string, VtlValue>): string {
  const parsed = new Template(template);
  const refuse = (name: string) => () => {
    throw new Error(`#${name} is not in mapping templates`);
  };
  const written = parsed.render(variables, {
    evaluate: (text: VtlValue) => parsed.evalStr(javaText(text)),
    parse: refuse('parse'),
    include: refuse('include'),
  });
  return restoreSigns(written);
}
