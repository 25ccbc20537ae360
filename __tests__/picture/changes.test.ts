import { expect, it } from '@jest/globals';
import { changedPicture, type ResourceChanges } from '../../src/picture/changes.ts';
import { renderMermaid } from '../../src/picture/mermaid.ts';
import type { Json, JsonObject } from '../../src/template/types.ts';
import { linesOf, pictureOfResources } from '../support/pictures.ts';

const role = (...Action: string[]): JsonObject => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } as Json }],
        },
      },
    ],
  },
});
const fn = { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } };
const rule = {
  Type: 'AWS::Events::Rule',
  Properties: { Targets: [{ Id: 'a', Arn: { 'Fn::GetAtt': ['Fn', 'Arn'] } }] },
};
const table = { Type: 'AWS::DynamoDB::Table', Properties: {} };
const queue = { Type: 'AWS::SQS::Queue', Properties: {} };

const before = pictureOfResources({
  Fn: fn,
  Role: role('dynamodb:GetItem'),
  Table: table,
  Rule: rule,
  Same: queue,
});
const after = pictureOfResources({
  Fn: fn,
  Role: role('dynamodb:GetItem', 'dynamodb:PutItem'),
  Table: table,
  New: queue,
  Same: queue,
});
const changes: ResourceChanges = new Map([
  ['Role', 'changed'],
  ['Table', 'replaced'],
  ['Rule', 'removed'],
  ['New', 'added'],
]);

it('marks what comes, changes and goes: nodes by all of their parts, and edges', () => {
  expect(linesOf(changedPicture(before, after, changes))).toEqual([
    'function: Fn [128 MB] with Role changed',
    'table: Table replaced',
    'queue: New added',
    'queue: Same',
    'rule: Rule removed',
    'Fn --permission: may read and write: changed--> Table',
    'Rule --event: removed--> Fn',
  ]);
});

it('marks nothing where nothing changes, and everything where there was nothing', () => {
  expect(changedPicture(after, after, new Map())).toEqual(after);
  const all: ResourceChanges = new Map(
    after.nodes.flatMap(({ parts }) => parts.map((part) => [part, 'added'])),
  );
  const made = changedPicture(undefined, after, all);
  expect([...made.nodes, ...made.edges].filter(({ change }) => change !== 'added')).toEqual([]);
});

it('keeps with a node what goes of it', () => {
  const smaller = pictureOfResources({ Fn: { ...fn, Properties: {} }, Table: table });
  const { nodes } = changedPicture(before, smaller, new Map([['Role', 'removed']]));
  expect(nodes[0]).toMatchObject({ id: 'Fn', parts: ['Fn', 'Role'], change: 'changed' });
});

it('is drawn by colours that say so in words as well', () => {
  const lines = renderMermaid(changedPicture(before, after, changes), 10_000).split('\n');
  expect(lines).toEqual([
    'flowchart LR',
    '  n0["Fn<br>128 MB<br>🟡 changed"]:::changed',
    '  n1[("Table<br>table<br>🔴 replaced")]:::replaced',
    '  n2(["New<br>queue<br>🟢 added"]):::added',
    '  n3(["Same<br>queue"])',
    '  n4("Rule<br>rule<br>🔴 removed"):::removed',
    '  n0 -.->|"may read and write"| n1',
    '  n4 --> n0',
    '  linkStyle 0 stroke:#9a6700,stroke-width:2px',
    '  linkStyle 1 stroke:#cf222e,stroke-width:2px',
    '  classDef changed fill:#fff8c5,stroke:#9a6700,color:#1f2328',
    '  classDef replaced fill:#ffebe9,stroke:#cf222e,color:#1f2328',
    '  classDef added fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
    '  classDef removed fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-dasharray:5 3',
  ]);
});
