/**
 * Makes src/template/diff/impact-data.ts: which properties replace a resource when they change, and which types hold data.
 *
 * The source is AWS's published resource specification, as the npm package `@aws-cdk/aws-service-spec` (Apache-2.0) has
 * it. It is large and changes daily, so it is no dependency; make the data anew with
 *
 *     npm install --no-save @aws-cdk/aws-service-spec && node scripts/impact-data.ts
 */
import { writeFileSync } from 'node:fs';

interface Property {
  readonly type: PropertyType;
  readonly causesReplacement?: 'yes' | 'no' | 'maybe';
}
interface PropertyType {
  readonly type: string;
  readonly element?: PropertyType;
  readonly types?: readonly PropertyType[];
  readonly reference?: { readonly $ref: string };
}
interface Spec {
  all(
    kind: 'resource',
  ): Iterable<{ cloudFormationType: string; isStateful?: boolean; properties: Record<string, Property> }>;
  get(kind: 'typeDefinition', id: string): { properties: Record<string, Property> };
}

const { loadAwsServiceSpecSync } = (await import('@aws-cdk/aws-service-spec' as string)) as {
  loadAwsServiceSpecSync(): Spec;
};
const spec = loadAwsServiceSpecSync();

/** Paths that replace (`Name`) or may replace (`Name?`); below a path that replaces, everything does. */
function* impacts(
  properties: Record<string, Property>,
  prefix: string,
  open: readonly string[],
): Generator<string> {
  for (const [name, property] of Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = `${prefix}${name}`;
    if (property.causesReplacement === 'yes') yield path;
    else {
      if (property.causesReplacement === 'maybe') yield `${path}?`;
      for (const id of definitions(property.type)) {
        if (open.length < 4 && !open.includes(id))
          yield* impacts(spec.get('typeDefinition', id).properties, `${path}.`, [...open, id]);
      }
    }
  }
}

function definitions(type: PropertyType): string[] {
  if (type.reference) return [type.reference.$ref];
  return [...(type.element ? definitions(type.element) : []), ...(type.types ?? []).flatMap(definitions)];
}

/**
 * The specification calls every property of SAM's types immutable, as CloudFormation never sees them. This is what the
 * properties become. Source: AWS SAM developer guide, "AWS CloudFormation compatibility" of each property.
 */
const SAM = [
  // Another name of the stage is another stage of the same API, with another URL.
  'AWS::Serverless::Api StageName?',
  'AWS::Serverless::Function FunctionName PackageType TenancyConfig',
  'AWS::Serverless::HttpApi StageName?',
  'AWS::Serverless::LayerVersion CompatibleArchitectures CompatibleRuntimes ContentUri Description LayerName LicenseInfo',
  'AWS::Serverless::SimpleTable PrimaryKey TableName',
  'AWS::Serverless::StateMachine Name Type',
  // Another name, type or set of regions is another endpoint, with another address.
  'AWS::Serverless::WebFunction EndpointName? EndpointType? FunctionName ReplicaRegions?',
];

/**
 * Types that the specification does not have yet. Source: AWS's registry schemas of 2026-11-10, `createOnlyProperties`.
 */
const NEW = [
  'AWS::Lambda::WebFunction FunctionName',
  'AWS::Lambda::WebFunctionEndpoint EndpointName EndpointType FunctionName Regions',
  'AWS::Lambda::WebFunctionRevision BuildConfig Description FunctionName KmsKeyArn ServiceConfig',
];

const lines: string[] = [...SAM];
const known = new Set<string>();
for (const { cloudFormationType, isStateful, properties } of spec.all('resource')) {
  if (cloudFormationType.startsWith('AWS::Serverless::')) continue;
  known.add(cloudFormationType);
  const paths = [...new Set(impacts(properties, '', []))];
  if (paths.length > 0 || isStateful)
    lines.push([`${cloudFormationType}${isStateful ? '!' : ''}`, ...paths].join(' '));
}
lines.push(...NEW.filter((line) => !known.has(line.slice(0, line.indexOf(' ')))));
lines.sort();

writeFileSync(
  new URL('../src/template/diff/impact-data.ts', import.meta.url),
  `// Made by scripts/impact-data.ts from @aws-cdk/aws-service-spec (Apache-2.0). Do not edit.
// One line a resource type (\`!\`: it holds data), then the paths whose change replaces it (\`?\`: may replace it).
export const IMPACT_DATA = \`
${lines.join('\n')}
\`;
`,
);
