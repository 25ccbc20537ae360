import { isObject, type Json, type JsonObject } from '../types.ts';
import { itemsOf } from '../values/branches.ts';
import { textOf } from '../values/equivalence.ts';
import { isAnywhere } from './table/addresses.ts';

/**
 * Operators that are met by what they name only: not by its opposite, nor where the key is missing.
 * Source: IAM user guide, "IAM JSON policy elements: Condition operators".
 */
const CALLERS = /^(ForAnyValue:)?(String(Equals(IgnoreCase)?|Like)|Arn(Equals|Like)|IpAddress|Bool)$/i;

/** One key of a condition. */
export interface Limit {
  readonly operator: string;
  readonly key: string;
  readonly values: Json;
}

/** The keys of a condition. */
export const limitsOf = (condition: string): Limit[] =>
  Object.entries(parsed(condition)).flatMap(([operator, keys]) =>
    // Limits of grants have no operators.
    Object.entries(isObject(keys) ? keys : { [operator]: keys }).map(([key, values]) => ({
      operator,
      key,
      values,
    })),
  );

/** What of a condition leaves something out, by certain operators. */
const limits = (condition: string, operators = /^/): Limit[] =>
  limitsOf(condition).filter(
    ({ operator, values }) =>
      operators.test(operator) && !itemsOf(values).some((value) => leavesNothingOut(textOf(value))),
  );

/** Whether a condition leaves something out. */
export const isLimiting = (condition: string): boolean => limits(condition).length > 0;

function parsed(condition: string): JsonObject {
  try {
    const value = JSON.parse(condition) as Json;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Every value, every address, every repository, and ARNs of any account: `arn:aws:sns:*:*:topic`, `arn:aws:s3:::*`. */
function leavesNothingOut(value: string): boolean {
  if (/^\*+$/.test(value) || /^repo:\*/.test(value) || isAnywhere(value)) return true;
  const [arn, , service, , account, ...name] = value.split(':');
  if (arn !== 'arn') return false;
  return account === '*' || (account === '' && service !== 'iam' && /^\**$/.test(name.join(':')));
}

/**
 * Keys of conditions that name who may call, or for whom.
 * Source: Amazon S3 guide, "The meaning of public", and the same in the guides of EFS, Lambda and KMS.
 */
const NAMES_CALLERS =
  /^(aws:(Source(Arn|Account|Owner|Vpc|VpcArn|Vpce|VpceAccount|VpceOrgID|VpceOrgPaths|Ip|OrgID|OrgPaths)|Principal(OrgID|OrgPaths|Arn|Account|ServiceName|ServiceNamesList|IsAWSService)|userid)|kms:(CallerAccount|ViaService)|s3:DataAccessPoint(Arn|Account)|elasticfilesystem:(AccessPointArn|AccessedViaMountTarget)|lambda:SourceFunctionArn|.*:(aud|sub|amr))$/i;
/** Whether a condition leaves out callers, so that not anybody is let in. */
export const limitsCallers = (condition: string): boolean =>
  limits(condition, CALLERS).some(({ key }) => NAMES_CALLERS.test(key));

/** The same operators negated: met by all that they do not name, also where the key is missing. */
const OTHERS = /^(ForAllValues:)?((String|Arn)Not(Equals(IgnoreCase)?|Like)|NotIpAddress)(IfExists)?$/i;
/** Keys with which a denial leaves out what AWS's services ask for in the name of a caller. */
const NAMES_SERVICES = /^aws:(ViaAWSService|PrincipalIsAWSService)$/i;
/** Whether a denial with a condition leaves in nobody but callers that it names: `NotIpAddress` of `aws:SourceIp`. */
export const deniesOthers = (condition: string): boolean =>
  limits(condition, OTHERS).some(({ key }) => NAMES_CALLERS.test(key)) &&
  limitsOf(condition).every(
    ({ operator, key }) => NAMES_SERVICES.test(key) || (OTHERS.test(operator) && NAMES_CALLERS.test(key)),
  );

/** Keys that say which of many things a statement is about. */
const NAMES_RESOURCES =
  /ResourceTag\/|:EncryptionContext|^kms:(ViaService|RequestAlias|ResourceAliases)$|^aws:CalledVia/i;
/** Whether a condition leaves out things, so that not any of them is meant. */
export const limitsResources = (condition: string): boolean =>
  limits(condition).some(({ key }) => NAMES_RESOURCES.test(key));

/** Providers of identities that everybody can have an account with: their `aud` does not say whose identity it is. */
const SHARED_PROVIDERS =
  /token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|oidc\.vercel\.com|api\.bitbucket\.org/i;

/** Whether a trust in a provider of identities says which of its identities it is for. */
export function limitsIdentities(provider: string, condition: string): boolean {
  // The provider may be a reference; keys of conditions have its name.
  return limits(condition, CALLERS).some(
    ({ key }) =>
      !/^(aws|sts):/i.test(key) && !(/:aud$/i.test(key) && SHARED_PROVIDERS.test(`${provider} ${key}`)),
  );
}
