import velocity from 'velocityjs';
import { isMap, javaText, methodOf, type VtlValue } from './java.ts';

type Parts = ReturnType<typeof velocity.parse>;
type Part = Parts[number];

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

/** The library's language, with Java's values where it has those of JavaScript. Its types call every value a text. */
class Template extends velocity.Compile {
  override getReferences(ast: Part, isWritten = false): string {
    const value: VtlValue = super.getReferences(ast, false);
    if (!isWritten) return value as string;
    if (value !== undefined && value !== null) return javaText(value);
    // What leads to nothing is written as it is.
    if (!('leader' in ast) || ast.leader === '$!') return '';
    return velocity.Helper.getRefText(ast);
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
    const text = super.getBlock(block);
    if (block[0]?.type === 'foreach') this.runState.break = false;
    return text;
  }

  /** Whole numbers stay whole, as Velocity's division has it. */
  override getExpression(ast: Part): string {
    const value: VtlValue = super.getExpression(ast);
    const whole = 'operator' in ast && ast.operator === '/' && typeof value === 'number';
    return (whole ? wholeNumber(value) : value) as string;
  }
}

const wholeNumber = (value: number): VtlValue => (Number.isFinite(value) ? Math.trunc(value) : undefined);

/**
 * Writes a template of the Velocity Template Language.
 *
 * @param variables by name, without `$`; `#set` changes what is in them
 * @throws Error where the template is none
 */
export function renderTemplate(template: string, variables: Record<string, VtlValue>): string {
  return new Template(velocity.parse(template), { customMethodHandlers: HANDLERS }).render(variables);
}
