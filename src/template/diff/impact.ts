import { IMPACT_DATA } from './impact-data.ts';

/** What changing a property does to the resource. */
export type Impact = 'update' | 'may-replace' | 'replace';

interface TypeImpact {
  readonly holdsData: boolean;
  /** Paths without indexes. */
  readonly paths: ReadonlyMap<string, Impact>;
}

const NOTHING_KNOWN: TypeImpact = { holdsData: false, paths: new Map() };
const decoded = new Map<string, TypeImpact>();

/** Only types that occur are decoded: the data covers all of them. */
function impactOf(type: string): TypeImpact {
  const known = decoded.get(type);
  if (known) return known;
  const match = findLine(type);
  const [head = '', ...paths] = match?.split(' ') ?? [];
  const impact: TypeImpact = match
    ? {
        holdsData: head.endsWith('!'),
        paths: new Map(
          paths.map((path) => (path.endsWith('?') ? [path.slice(0, -1), 'may-replace'] : [path, 'replace'])),
        ),
      }
    : NOTHING_KNOWN;
  decoded.set(type, impact);
  return impact;
}

function findLine(type: string): string | undefined {
  for (const end of [' ', '!']) {
    const at = IMPACT_DATA.indexOf(`\n${type}${end}`);
    if (at >= 0) return IMPACT_DATA.slice(at + 1, IMPACT_DATA.indexOf('\n', at + 1));
  }
  return undefined;
}

/** Whether the data has something to say of a type. */
export const isListed = (type: string): boolean => findLine(type) !== undefined;

/** All types of which the data has something to say. */
export const listedTypes = (): readonly string[] =>
  [...IMPACT_DATA.matchAll(/^[\w:]+/gm)].map(([type]) => type);

/**
 * Types whose deletion loses data, or what cannot be made again, although AWS's specification does not mark them.
 * Source: the service's own documentation of deleting each.
 */
const ALSO_HOLD_DATA = new Set([
  'AWS::Serverless::SimpleTable',
  'AWS::SSM::Parameter',
  'AWS::ECR::Repository',
  'AWS::Events::Archive',
  'AWS::MSK::Cluster',
  'AWS::MemoryDB::Cluster',
  'AWS::Cassandra::Table',
  'AWS::Timestream::Database',
  'AWS::Timestream::Table',
  'AWS::S3Express::DirectoryBucket',
  'AWS::S3Tables::Table',
]);

/** Whether deleting a resource of this type loses data. */
export function holdsData(type: string): boolean {
  return ALSO_HOLD_DATA.has(type) || impactOf(type).holdsData;
}

/** Our own custom resources: what of their properties names the thing that they manage. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  'Custom::SpartaArtifact': ['BucketName', 'Key'],
  'Custom::SpartaBucketNotification': ['BucketName'],
  'Custom::SpartaReceiptRuleSet': ['RuleSetName'],
  'Custom::SpartaSite': ['BucketName', 'Prefix'],
};

/**
 * What a change of a property does. A property that is not known updates in place, except for custom resources, which
 * decide for themselves.
 *
 * @param path below Properties; indexes of lists are left out
 */
export function propertyImpact(type: string, path: readonly (string | number)[]): Impact {
  const ours = OURS[type];
  if (ours) return ours.includes(String(path[0])) ? 'may-replace' : 'update';
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') {
    return path[0] === 'ServiceToken' ? 'replace' : 'may-replace';
  }
  const { paths } = impactOf(type);
  let prefix = '';
  let impact: Impact = 'update';
  for (const step of path) {
    if (typeof step === 'number') continue;
    prefix = prefix === '' ? step : `${prefix}.${step}`;
    const found = paths.get(prefix);
    if (found === 'replace') return 'replace';
    impact = found ?? impact;
  }
  // A change of a whole map may touch a part of it that replaces.
  if (impact === 'update' && [...paths.keys()].some((each) => each.startsWith(`${prefix}.`)))
    return 'may-replace';
  return impact;
}
