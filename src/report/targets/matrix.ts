import { plain } from '../escape.ts';
import { ACTION_ICONS } from '../stack-sections.ts';
import { ACTIONS, actionOf, changeWords, hasChanges } from '../verdict.ts';
import type { TargetStack } from './groups.ts';

/** What becomes of targets, as a table: services and stages down, regions or accounts across. */
export function matrix(stacks: readonly TargetStack[]): string {
  const rows = rowNames(stacks);
  const columns = columnNames(stacks, rows);
  const across = [...new Set(stacks.map((stack) => columns(stack)))].sort();
  const down = [...Map.groupBy(stacks, (stack) => rows(stack))];
  const head = ['', ...across.map(plain)];
  const lines = down.map(([row, members]) => [
    `**${plain(row)}**`,
    ...across.map((column) =>
      members
        .filter((stack) => columns(stack) === column)
        .map((stack) => cell(stack))
        .join('<br>'),
    ),
  ]);
  return [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

type Naming = (stack: TargetStack) => string;

const several = (stacks: readonly TargetStack[], of: Naming): boolean => new Set(stacks.map(of)).size > 1;

const serviceOf: Naming = ({ label }) => label.service;
const stageOf: Naming = ({ stage }) => stage ?? '';
const regionOf: Naming = ({ region }) => region ?? '';
const accountOf: Naming = ({ label, accountHash }) => label.account ?? accountHash.slice(0, 8);

function rowNames(stacks: readonly TargetStack[]): Naming {
  const parts = [
    ...(several(stacks, serviceOf) ? [serviceOf] : []),
    ...(several(stacks, stageOf) ? [stageOf] : []),
  ];
  if (parts.length === 0) return ({ stage, stackName }) => stage ?? stackName;
  return (stack) =>
    parts
      .map((part) => part(stack))
      .filter((text) => text !== '')
      .join(' · ') || stack.label.name;
}

/** By region, by account where regions do not tell, or by both; where nothing tells, by name. */
function columnNames(stacks: readonly TargetStack[], rows: Naming): Naming {
  const isEnough = (column: Naming): boolean =>
    !several(stacks, column)
      ? false
      : [...Map.groupBy(stacks, (stack) => JSON.stringify([rows(stack), column(stack)])).values()].every(
          (members) => new Set(members.map(({ label }) => label.name)).size === 1,
        );
  const both: Naming = (stack) =>
    [regionOf(stack), accountOf(stack)].filter((part) => part !== '').join(' · ');
  const found = [regionOf, accountOf, both].find(isEnough);
  if (found) return found;
  const isAlone = [...Map.groupBy(stacks, rows).values()].every(
    (members) => new Set(members.map(({ label }) => label.name)).size === 1,
  );
  return isAlone ? regionOf : ({ label }) => label.name;
}

/** `🟡 2 updated` */
function cell(stack: TargetStack): string {
  if (stack.state === 'failed') return stack.failure ? '❌ failed' : '⏸️ not begun';
  if (stack.state === 'deleted') return '🗑️ deleted';
  const words = changeWords([stack]);
  if (!hasChanges(stack)) return stack.state === 'deployed' ? '✅ deployed' : '✅ no changes';
  const actions = stack.diff.resources.map(actionOf);
  const worst = ACTIONS.find((action) => actions.includes(action));
  const icon = worst === undefined ? '🟡' : ACTION_ICONS[worst];
  return stack.state === 'deployed' ? `✅ deployed (${plain(words)})` : `${icon} ${plain(words)}`;
}
