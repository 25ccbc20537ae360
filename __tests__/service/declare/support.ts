import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonTools } from '../../../scripts/venv.ts';
import { pascal } from '../../../src/service/declare/identifiers.ts';
import { type Declared, declare, type Names } from '../../../src/service/declare/index.ts';
import { pathText } from '../../../src/service/schema/check.ts';
import type { Service } from '../../../src/service/types.ts';
import type { Data } from '../../../src/service/values.ts';

/** Stands for the marshaller of functions. */
export const namesOf = (service: Service): Names => ({
  functionId: (name) => `${pascal(name)}Function`,
  aliasId: (name, alias) => `${pascal(name)}Alias${pascal(alias)}`,
  versionId: (name) => (service.functions?.[name]?.version ? `${pascal(name)}Version` : undefined),
  roleId: (name) => (service.functions?.[name]?.role === undefined ? `${pascal(name)}Role` : undefined),
  logGroup: (name) => ({ 'Fn::Sub': `/aws/lambda/\${${pascal(name)}Function}` }),
});

export const declared = (service: Service): Declared => declare(service, namesOf(service));

/** Faults as lines. */
export const faultsOf = (service: Service): string[] =>
  declared(service).faults.map(({ path, message, next }) => `${pathText(path)}: ${message}. ${next}`);

type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, Data>> }>
>;

/** Logical IDs with their types. */
export const typesOf = (service: Service): Record<string, string> =>
  Object.fromEntries(Object.entries(declared(service).resources).map(([id, { Type }]) => [id, Type]));

export const propertiesOf = (service: Service, id: string) =>
  (declared(service).resources as Resources)[id]?.Properties;

/** A template in which functions and their roles are as plain as can be. */
export function templateOf(service: Service): object {
  const { resources, outputs, assets } = declared(service);
  const names = namesOf(service);
  const functions = Object.entries(service.functions ?? {}).flatMap(([name, definition]) => {
    const id = names.functionId(name);
    const role = names.roleId(name);
    const version = names.versionId(name);
    return [
      [
        id,
        {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Code: { S3Bucket: 'artifacts', S3Key: 'code.zip' },
            Handler: 'index.handler',
            Runtime: 'nodejs22.x',
            Role: role ? { 'Fn::GetAtt': [role, 'Arn'] } : 'arn:aws:iam::123456789012:role/given',
          },
        },
      ],
      ...(role
        ? [
            [
              role,
              {
                Type: 'AWS::IAM::Role',
                Properties: {
                  AssumeRolePolicyDocument: {
                    Version: '2012-10-17',
                    Statement: [
                      {
                        Effect: 'Allow',
                        Principal: { Service: 'lambda.amazonaws.com' },
                        Action: 'sts:AssumeRole',
                      },
                    ],
                  },
                },
              },
            ],
          ]
        : []),
      ...(version
        ? [[version, { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: id } } }]]
        : []),
      ...Object.keys(definition.aliases ?? {}).map((alias) => [
        names.aliasId(name, alias),
        {
          Type: 'AWS::Lambda::Alias',
          Properties: {
            FunctionName: { Ref: id },
            Name: alias,
            FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
          },
        },
      ]),
    ];
  });
  const all = structuredClone({ ...Object.fromEntries(functions), ...resources });
  for (const { logicalId, bucketPath, keyPath } of assets) {
    set(all[logicalId].Properties, bucketPath, 'artifacts');
    set(all[logicalId].Properties, keyPath, `${logicalId}.zip`);
  }
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...(service.parameters && { Parameters: service.parameters }),
    Resources: all,
    ...(Object.keys(outputs).length > 0 && { Outputs: outputs }),
  };
}

function set(
  target: Record<string, unknown>,
  [first = '', ...rest]: readonly string[],
  value: unknown,
): void {
  if (rest.length === 0) target[first] = value;
  else {
    target[first] = { ...(target[first] as object | undefined) };
    set(target[first] as Record<string, unknown>, rest, value);
  }
}

/** What cfn-lint says about templates, all in one process; nothing is what it should say. */
export async function lint(templates: Readonly<Record<string, object>>): Promise<string[]> {
  const tools = await pythonTools('lint');
  if ('missing' in tools) throw new Error(`cfn-lint is missing: ${tools.missing}`);
  const folder = await mkdtemp(join(tmpdir(), 'lint-'));
  try {
    const files = Object.entries(templates).map(([name, template]) => {
      const file = join(folder, `${name}.json`);
      return { file, written: writeFile(file, JSON.stringify(template, undefined, 1)) };
    });
    await Promise.all(files.map(({ written }) => written));
    const output = await new Promise<string>((resolve, reject) =>
      execFile(
        join(tools.bin, 'python'),
        [
          join(tools.bin, 'cfn-lint'),
          '--format',
          'parseable',
          '--regions',
          'us-east-1',
          '--',
          ...files.map(({ file }) => file),
        ],
        { timeout: 100_000 },
        (error, stdout) => {
          // Findings end it with a number that says how grave they are; anything else without findings is a failure.
          if (error && stdout === '') reject(error);
          else resolve(stdout);
        },
      ),
    );
    return output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(`${folder}/`, ''));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
