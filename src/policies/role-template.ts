import { sha256 } from '../hash/canonical.ts';
import type { Json, JsonObject, Template } from '../template/types.ts';
import type { PolicyDocument, PolicyStatement } from './documents.ts';
import { ROLES, type RoleKind } from './roles.ts';
import { AUDIENCE, issuerOf, subjectOf, type TrustedRepository, type TrustedRun } from './trust.ts';

/** What stands in ARNs of a template that fits any account and region. */
export const PSEUDO = {
  partition: '${AWS::Partition}',
  region: '${AWS::Region}',
  account: '${AWS::AccountId}',
} as const;

/** The longest name that leaves room for the rest of a role's, of which IAM takes 64 characters. */
const LONGEST_STACK = 40;

/** Names of the roles of a stack: none that the stack's own role may touch. */
export function roleName(stackName: string, kind: RoleKind): string {
  const short =
    stackName.length > LONGEST_STACK
      ? `${stackName.slice(0, LONGEST_STACK - 7)}-${sha256(stackName).slice(0, 6)}`
      : stackName;
  return `sparta-${short}-${kind}`;
}

/** What the roles are for. */
export interface RolesOfService {
  readonly stackName: string;
  readonly repository: TrustedRepository;
  readonly deployment: TrustedRun;
  /** The account has none that vouches for GitHub's workflows. */
  readonly makesProvider: boolean;
  readonly policies: Readonly<Partial<Record<RoleKind, PolicyDocument>>>;
}

/**
 * A template of the roles that a repository's workflows assume, and of the provider that vouches for them, unless the
 * account has it.
 */
export function roleTemplate({
  stackName,
  repository,
  deployment,
  makesProvider,
  policies,
}: RolesOfService): Template {
  const issuer = issuerOf(repository);
  const trusts: Readonly<Record<RoleKind, JsonObject>> = {
    preview: webIdentity(issuer, subjectOf(repository, { kind: 'pull request' })),
    deployment: webIdentity(issuer, subjectOf(repository, deployment)),
    cloudformation: {
      Effect: 'Allow',
      Principal: { Service: 'cloudformation.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  };
  const kinds = ROLES.filter((kind) => policies[kind] !== undefined);
  const roles = kinds.map((kind): JsonObject => {
    const document = policies[kind] ?? { Version: '2012-10-17', Statement: [] };
    const guarded = kind === 'cloudformation' ? withoutOwnRoles(document, stackName, kinds) : document;
    const dependsOn: JsonObject = makesProvider && kind !== 'cloudformation' ? { DependsOn: 'Provider' } : {};
    return roleResources(kind, roleName(stackName, kind), {
      trust: trusts[kind],
      document: guarded,
      dependsOn,
    });
  });
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Roles for the workflows of ${repository.owner}/${repository.name} that preview and deploy ${stackName}.`,
    Resources: {
      ...(makesProvider && {
        Provider: {
          Type: 'AWS::IAM::OIDCProvider',
          // Other repositories may have come to use it.
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: { Url: `https://${issuer}`, ClientIdList: [AUDIENCE] },
        },
      }),
      ...Object.assign({}, ...roles),
    },
    Outputs: Object.fromEntries(
      kinds.map((kind) => [outputName(kind), { Value: { 'Fn::GetAtt': [logicalId(kind), 'Arn'] } }]),
    ),
  };
}

const logicalId = (kind: RoleKind): string =>
  ({ preview: 'PreviewRole', deployment: 'DeploymentRole', cloudformation: 'CloudFormationRole' })[kind];
export const outputName = (kind: RoleKind): string => `${logicalId(kind)}Arn`;

const webIdentity = (issuer: string, subject: string): JsonObject => ({
  Effect: 'Allow',
  Principal: {
    Federated: { 'Fn::Sub': `arn:${PSEUDO.partition}:iam::${PSEUDO.account}:oidc-provider/${issuer}` },
  },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringEquals: { [`${issuer}:aud`]: AUDIENCE, [`${issuer}:sub`]: subject } },
});

/** Whoever changes the service cannot give the workflows more rights by it, whatever the stack is called. */
function withoutOwnRoles(
  { Version, Statement }: PolicyDocument,
  stackName: string,
  kinds: readonly RoleKind[],
): PolicyDocument {
  const own: PolicyStatement = {
    Sid: 'RolesOfWorkflows',
    Effect: 'Deny',
    Action: ['iam:*'],
    Resource: kinds.map(
      (kind) => `arn:${PSEUDO.partition}:iam::${PSEUDO.account}:role/${roleName(stackName, kind)}`,
    ),
  };
  return { Version, Statement: [...Statement, own] };
}

/** Characters of all policies in a role; more go into managed ones, of this size each. Source: "IAM and AWS STS quotas". */
const INLINE = 9000;
const MANAGED = 5500;

function roleResources(
  kind: RoleKind,
  name: string,
  made: {
    readonly trust: JsonObject;
    readonly document: PolicyDocument;
    /** What of the resource stands beside its properties. */
    readonly dependsOn: JsonObject;
  },
): JsonObject {
  const { trust, document, dependsOn } = made;
  const parts = JSON.stringify(document).length > INLINE ? partsOf(document.Statement) : [];
  const managed = parts.map((Statement, index): [string, Json] => [
    `${logicalId(kind)}Policy${index + 1}`,
    {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: documentJson({ Version: document.Version, Statement }) },
    },
  ]);
  return {
    [logicalId(kind)]: {
      Type: 'AWS::IAM::Role',
      ...dependsOn,
      Properties: {
        RoleName: name,
        Description: DESCRIPTIONS[kind],
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
        ...(managed.length > 0
          ? { ManagedPolicyArns: managed.map(([id]) => ({ Ref: id })) }
          : { Policies: [{ PolicyName: 'service', PolicyDocument: documentJson(document) }] }),
      },
    },
    ...Object.fromEntries(managed),
  };
}

const DESCRIPTIONS: Readonly<Record<RoleKind, string>> = {
  preview: 'Previews changes on pull requests; it only reads.',
  deployment: 'Deploys the service.',
  cloudformation: 'What CloudFormation may do for the service.',
};

/** Statements in groups that a managed policy takes; those that are too long are divided. */
function partsOf(statements: readonly PolicyStatement[]): readonly (readonly PolicyStatement[])[] {
  const pieces = statements.flatMap((statement): readonly PolicyStatement[] => {
    const count = Math.ceil(JSON.stringify(statement).length / MANAGED);
    const size = Math.ceil(statement.Action.length / count);
    return Array.from({ length: count }, (_, at) => ({
      ...statement,
      Action: statement.Action.slice(at * size, (at + 1) * size),
    })).filter(({ Action }) => Action.length > 0);
  });
  const parts: PolicyStatement[][] = [];
  let length = 0;
  for (const piece of pieces) {
    const more = JSON.stringify(piece).length;
    const last = parts.at(-1);
    if (last && length + more <= MANAGED) {
      last.push(piece);
      length += more;
    } else {
      parts.push([piece]);
      length = more;
    }
  }
  return parts;
}

/** A document in a template: what names account and region is substituted. */
const documentJson = ({ Version, Statement }: PolicyDocument): JsonObject => ({
  Version,
  Statement: Statement.map(({ Sid, Effect, Action, Resource }) => ({
    ...(Sid !== undefined && { Sid }),
    Effect,
    Action: [...Action],
    Resource: Resource.map((arn): Json => (arn.includes('${') ? { 'Fn::Sub': arn } : arn)),
  })),
});
