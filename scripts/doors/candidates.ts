import type { Property, Schemas } from './schemas.ts';

/** A property, or a type as a whole (path `.`), that may open or protect something. */
export interface Candidate {
  readonly type: string;
  readonly path: string;
  /** Which of {@link CLASSES} it is in. */
  readonly classes: readonly string[];
}

type Rule = (name: string, property: Property) => boolean;

const byName =
  (pattern: RegExp): Rule =>
  (name) =>
    pattern.test(name);
const byValue =
  (pattern: RegExp, name = /^/): Rule =>
  (given, { values }) =>
    name.test(given) && [...values].some((value) => pattern.test(value));
const byDescription =
  (pattern: RegExp): Rule =>
  (_, { description }) =>
    pattern.test(description);

/** Kinds of properties that open or protect, and what tells them: names, values or descriptions. */
export const CLASSES: Readonly<Record<string, readonly Rule[]>> = {
  'policy document': [
    byName(/(Polic(y|ies)(Document|Text|Json)?|Statements?|PolicyTemplate)$|PolicyDocument/),
    byDescription(/policy document|resource(-| )based policy|resource policy|IAM policy|JSON.{0,20}policy/i),
  ],
  principal: [
    byName(/Principal|Grantee|Accounts?(Ids?|List)?$|^SharedWith|Trusted|Subscribers$|UserGroups$|UserIds$/),
  ],
  authentication: [
    byName(
      /Auth(n|z|entication|orization)?(Type|Types|Mode|Modes|Scheme|Method|Options|Required|Enabled|Config|Configuration|Strategy)?$|^Authorizer|Anonymous|Unauthenticated|DefaultAuthorizer|RequireSig|Signer|ApiKeyRequired|NoPassword/,
    ),
    byValue(/^(none|aws_iam|iam|no_auth|iam_auth|anonymous)$/i, /Auth|Access|Security|Mode/),
    byValue(/^no-password-required$/),
  ],
  'public flag': [
    byName(
      /Public(?!Key|ation|Signing)|Internet|Exposed|AllowExternal|Everyone|SharingEnabled|^Shared$|AccessScope|AccessType|NetworkAccess|^AccessLevel$/,
    ),
    // QuickSight shows and hides parts of charts by thousands of them.
    (name, property) => name === 'Visibility' && !property.values.has('HIDDEN'),
    byValue(/PUBLIC(?!_KEY)|INTERNET|ANONYMOUS|EVERYONE/i),
  ],
  'address range': [
    byName(
      /Cidr|CIDR|IpRange|IPRange|IpAllow|IpRule|SourceIp|IpSet|Whitelist|Allow(ed)?List|ClientList|AllowOrigins|AllowedOrigins/,
    ),
    (name, { description }) => /\bCIDR\b/.test(description) && /Ip|IP|Range|Source|Address/.test(name),
  ],
  ACL: [byName(/Acls?(?![a-z])|ACL|AccessControl(?![AME])|Grants?$/)],
  encryption: [
    byName(
      /Encrypt|^SSE|^Sse|KmsMasterKey|KMSMasterKey|ServerSideEncr|kms_?key|^KmsKey|^KMSKey|KMSKey|KmsKey/i,
    ),
  ],
  'encryption in transit': [
    byName(
      /Tls|TLS|Ssl|SSL|Https|SecureTransport|MinimumProtocol|^SecurityPolicy|ProtocolPolicy|InTransit|CertificateVerif|VerifyCert|InsecureIngest/,
    ),
  ],
  log: [
    byName(
      /Log(s|ging)?(Config|Configuration|Configurations|Enabled|Setting|Settings|Options|Policy|Destination|DestinationConfigs|PublishingOptions|Exports|Types|Status)?$|Audit/,
    ),
  ],
  'backup and retention': [
    byName(
      /Backup|Retention|PointInTime|Pitr|Versioning|DeletionProtection|DeleteProtection|TerminationProtect|DisableApiTermination|ObjectLock|LockConfiguration|Protection(Enabled|Policy|Config|Mode)?$|Immutab|RecoveryPeriod|Replicat(e|ion)Config|TagMutability/,
    ),
  ],
  guard: [
    byName(
      /WebA[cC][lL]|Waf|WAF|Mfa|MFA|Password(Policy|Length)|^MinimumLength|HttpTokens|Imds|IMDS|Privileged|ReadonlyRoot|Isolat|ScanOnPush|Scanning|ScanType|CodeSigning|SourceDestCheck|RootAccess|AdvancedSecurity|ThreatProtection|Firewall|UserExistence|TokenRevocation|RequestValid|DropInvalid|Desync|(?<!Lower|Upper)Boundary|EnableKeyRotation|AutoMinorVersion|LogFileValidation|ExecuteCommand|DisableExecute|^Throttl|OriginAccess|Restriction|Guardrail|^Enforce|AcceptanceRequired|PosixUser|IntrospectionConfig|ManageMaster|ManageAdmin|SecurityConfiguration$|PermissionsMode|RemoteAccess|Ssh|Mtls/,
    ),
  ],
};

/** Types that grant, share or protect by being there. */
const TYPES =
  /Permission|Grant$|Authorization|AccessEntry|AccessPolicy|Share$|Entitlement|Assignment|PrincipalAssociation|PolicyAttach|PublicRepository|ProtectionPlan|WebACLAssociation|Detector$|Trail$|FlowLog|EventDataStore|Protection$|BlockPublic|Analyzer$|::Hub(V2)?$|::Standard$|ConfigRule|ConformancePack|Recorder|DeliveryChannel|RiskConfiguration|LoggingConfig|LogDelivery|DNSSEC|RotationSchedule|Backup(Plan|Selection)$|LifecyclePolicy$|Rbin::Rule|Macie::Session|Detective::Graph|FirewallRule(Group(Association)?)?$|NetworkAclEntry|GuardrailConfiguration|AuthPolicy|FileSystemPolicy$/;

const lastName = (path: string): string =>
  path.split('.').findLast((step) => step !== '*' && step !== '{}') ?? '';

/** Everything in the schemas that may open or protect something. */
export function candidates({ types }: Schemas): Candidate[] {
  return [...types].flatMap(([type, properties]) => [
    ...(TYPES.test(type) ? [{ type, path: '.', classes: ['resource'] }] : []),
    ...[...properties].flatMap(([path, property]): Candidate[] => {
      // What is in a list goes with the list.
      if (/\.(\*|\{\})$/.test(path)) return [];
      const classes = Object.entries(CLASSES).flatMap(([name, rules]) =>
        rules.some((rule) => rule(lastName(path), property)) ? [name] : [],
      );
      return classes.length > 0 ? [{ type, path, classes }] : [];
    }),
  ]);
}
