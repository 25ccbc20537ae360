import type { Json } from '../template/types.ts';
import { yamlText } from '../template/write/yaml-text.ts';
import type { PolicyDocument } from './documents.ts';

/** How policies are printed. */
export type PolicyFormat = 'json' | 'yaml' | 'terraform';

/** Policies by name as text; a single one stands alone. */
export function writtenPolicies(
  policies: Readonly<Record<string, PolicyDocument>>,
  format: PolicyFormat,
): string {
  if (format === 'terraform')
    return Object.entries(policies)
      .map(([name, document]) => terraform(name, document))
      .join('\n\n');
  const entries = Object.values(policies);
  const [only] = entries;
  const value = entries.length === 1 && only ? only : policies;
  return format === 'json' ? JSON.stringify(value, undefined, 2) : yamlText(plain(value)).trimEnd();
}

/** The very values, as data of a template. */
const plain = (value: unknown): Record<string, Json> & { Resources: never } =>
  JSON.parse(JSON.stringify(value)) as Record<string, Json> & { Resources: never };

/** A data source of Terraform's AWS provider. */
function terraform(name: string, { Statement }: PolicyDocument): string {
  const statements = Statement.map(({ Sid, Effect, Action, Resource, Condition = {} }) => {
    const conditions = Object.entries(Condition).flatMap(([test, all]) =>
      Object.entries(all).map(
        ([variable, values]) =>
          `    condition {\n      test     = ${hcl(test)}\n      variable = ${hcl(variable)}\n      values   = ${hclList([values].flat(), 3)}\n    }\n`,
      ),
    );
    return [
      '  statement {\n',
      ...(Sid === undefined ? [] : [`    sid       = ${hcl(Sid)}\n`]),
      `    effect    = ${hcl(Effect)}\n`,
      `    actions   = ${hclList(Action, 2)}\n`,
      `    resources = ${hclList(Resource, 2)}\n`,
      ...conditions,
      '  }',
    ].join('');
  });
  return `data "aws_iam_policy_document" ${hcl(name)} {\n${statements.join('\n\n')}\n}`;
}

/** `${` begins an expression in Terraform. */
const hcl = (text: string): string => JSON.stringify(text).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);

function hclList(values: readonly string[], depth: number): string {
  const indent = '  '.repeat(depth);
  return values.length === 1
    ? `[${hcl(values[0] ?? '')}]`
    : `[\n${values.map((each) => `${indent}  ${hcl(each)},`).join('\n')}\n${indent}]`;
}
