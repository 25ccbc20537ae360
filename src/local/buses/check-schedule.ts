import { type Json, type JsonObject, own } from '../../template/types.ts';
import { CallError } from '../aws-api/answer.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { messageOf } from '../service/dead-letters.ts';
import type { Targets } from '../service/part.ts';
import { nextOf } from './expression.ts';

/** Of schedules and of groups. Source: Amazon EventBridge Scheduler API Reference, `CreateSchedule`. */
export function checkName(name: string): void {
  if (!/^[\w.-]{1,64}$/.test(name))
    throw invalid(
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$`,
    );
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  State: ['ENABLED', 'DISABLED'],
  ActionAfterCompletion: ['NONE', 'DELETE'],
};
const LONGEST_WINDOW = 1440;
/** Targets that take JSON alone. */
const JSON_TARGETS = ['lambda', 'states', 'events'];

/**
 * What a schedule has to have, and what it may not.
 *
 * @throws CallError for what Scheduler refuses, and for targets that are not here
 */
export function checkSchedule(given: JsonObject, targets: Targets): void {
  const target = mapOf(given.Target);
  const window = mapOf(given.FlexibleTimeWindow);
  checkThere({
    scheduleExpression: given.ScheduleExpression,
    flexibleTimeWindow: given.FlexibleTimeWindow,
    'flexibleTimeWindow.mode': window.Mode,
    'target.arn': target.Arn,
    'target.roleArn': target.RoleArn,
  });
  for (const [name, value] of Object.entries(given)) {
    const values = own(VALUES, name);
    if (values && !values.includes(text(value)))
      throw invalid(
        `1 validation error detected: Value '${text(value)}' at '${name}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
      );
  }
  checkWindow(window);
  checkTarget(target, targets);
  checkExpression(given);
  if (isLater(given.StartDate, given.EndDate))
    throw invalid('The StartDate you specify must come before the EndDate.');
}

function checkThere(wanted: Readonly<Record<string, Json | undefined>>): void {
  for (const [name, value] of Object.entries(wanted))
    if (text(value ?? '') === '')
      throw invalid(
        `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
      );
}

function checkWindow({ Mode, MaximumWindowInMinutes }: JsonObject): void {
  if (Mode !== 'OFF' && Mode !== 'FLEXIBLE')
    throw invalid(
      `1 validation error detected: Value '${text(Mode ?? '')}' at 'flexibleTimeWindow.mode' failed to satisfy constraint: Member must satisfy enum value set: [OFF, FLEXIBLE]`,
    );
  const minutes = Number(MaximumWindowInMinutes ?? 0);
  if (Mode === 'FLEXIBLE' && !(minutes >= 1 && minutes <= LONGEST_WINDOW))
    throw invalid(`A flexible time window has MaximumWindowInMinutes, from 1 to ${LONGEST_WINDOW}.`);
}

function checkExpression({ ScheduleExpression = '', ScheduleExpressionTimezone = 'UTC' }: JsonObject): void {
  try {
    nextOf(text(ScheduleExpression), text(ScheduleExpressionTimezone));
  } catch (error) {
    throw invalid(`Invalid Schedule Expression ${text(ScheduleExpression)}. Reason: ${messageOf(error)}`);
  }
}

function checkTarget(
  { Arn = '', Input, EventBridgeParameters: parameters }: JsonObject,
  targets: Targets,
): void {
  const arn = text(Arn);
  const [, , service = ''] = arn.split(':');
  if (!targets.has(arn)) throw invalid(`The target ${arn} is not served here`);
  const { Source, DetailType } = mapOf(parameters);
  if (service === 'events')
    checkThere({
      'target.eventBridgeParameters.source': Source,
      'target.eventBridgeParameters.detailType': DetailType,
    });
  if (Input === undefined || !JSON_TARGETS.includes(service)) return;
  try {
    JSON.parse(text(Input));
  } catch {
    throw invalid(`The input of a target of ${service} has to be JSON.`);
  }
}

const isLater = (start: Json | undefined, end: Json | undefined): boolean =>
  typeof start === 'number' && typeof end === 'number' && start >= end;

export const invalid = (message: string): CallError => new CallError('ValidationException', message);
