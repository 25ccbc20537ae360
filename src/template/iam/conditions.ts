import { isObject, type Json, type JsonObject } from '../types.ts';
import { itemsOf } from '../values/branches.ts';
import { textOf } from '../values/equivalence.ts';

/**
 * Operators that are met by what they name only: not by its opposite, nor where the key is missing.
 * Source: IAM user guide, "IAM JSON policy elements: Condition operators".
 */
const CALLERS = /^(ForAnyValue:)?(String(Equals(IgnoreCase)?|Like)|Arn(Equals|Like)|IpAddress)$/i;

/** Conditions that leave something out, by certain operators; empty when none does. */
export function limiting(condition: string, operators = /^/): string {
  const kept = Object.entries(parsed(condition)).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? (operators.test(operator) ? keys : {}) : { [operator]: keys })
      .filter(
        ([, values]) => !itemsOf(values).some((value) => /^(\*|0\.0\.0\.0\/0|::\/0)$/.test(textOf(value))),
      )
      .map(([key, values]) => ({ [operator]: { [key]: values } })),
  );
  return kept.length === 0 ? '' : JSON.stringify(kept);
}

function parsed(condition: string): JsonObject {
  try {
    const value = JSON.parse(condition) as Json;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Keys of conditions that name who may call, or for whom. Source: Amazon S3 guide, "The meaning of public". */
const LIMITS_CALLERS =
  /aws:(Source(Arn|Account|Owner|Vpc|Vpce|Ip|OrgID|OrgPaths)|Principal(OrgID|OrgPaths|Arn|Account|ServiceName)|userid)|kms:(CallerAccount|ViaService)|s3:DataAccessPoint|:(aud|sub|amr)"/i;
/** Whether a condition leaves out callers, so that not anybody is let in. */
export const limitsCallers = (condition: string): boolean =>
  LIMITS_CALLERS.test(limiting(condition, CALLERS));
