/**
 * `npm run test:doors [--pinned]`: whether everything in CloudFormation's resource schemas that may open or protect
 * something has a row in the tables of src/template/iam/data/, or a reason in scripts/doors/left-out.txt.
 *
 * The schemas are those of the newest cfn-lint, or of the one that scripts/python/lint.txt pins. What is new in them has to
 * be decided by somebody who knows the service: a row, or a reason.
 */
import { type Findings, review } from './doors/decisions.ts';
import { newestSchemas, pinnedSchemas } from './doors/schemas.ts';

const schemas = await (process.argv.includes('--pinned') ? pinnedSchemas() : newestSchemas());
const { undecided, unknown, both }: Findings = review(schemas);

console.log(`${schemas.types.size} resource types of cfn-lint ${schemas.version}`);
report(
  'Neither a row nor a reason',
  undecided.map(({ type, path, classes }) => `${type} ${path} (${classes.join(', ')})`),
);
report(
  'Rows or reasons of what the schemas do not know',
  unknown.map(({ type, path }) => `${type} ${path}`),
);
report(
  'Reasons of what has a row',
  both.map(({ type, path }) => `${type} ${path}`),
);

function report(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  console.error(`\n${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  process.exitCode = 1;
}
