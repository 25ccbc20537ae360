import { isObject, type Json } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { isCall } from '../intrinsics.ts';
import { refuse } from '../problems.ts';
import { truthy } from '../python/values.ts';
import type { SamSource } from '../types.ts';

/** A network connector with its version. */
const CONNECTOR_ARN = /^arn:[^:]+:lambda:[^:]*:[^:]*:network-connector:[^:]+:[^:]+$/;
/** Seconds. */
const TIMEOUT = { least: 3, most: 900 };
const LONGEST_VALUE = 4096;

/** Refuses what a web function cannot have. */
export function checkWebFunction(source: SamSource, build: Build): void {
  const { logicalId, properties } = source;
  checkDeployment(source, build);
  const { Timeout, EgressNetworkConnectorArn } = properties;
  if (typeof Timeout === 'number' && (Timeout < TIMEOUT.least || Timeout > TIMEOUT.most))
    refuse(logicalId, ['Timeout'], `Timeout has to be between ${TIMEOUT.least} and ${TIMEOUT.most} seconds`);
  checkWeights(logicalId, properties.RevisionWeights);
  checkEnvironment(logicalId, properties.EnvironmentVariables);
  if (typeof EgressNetworkConnectorArn === 'string' && !CONNECTOR_ARN.test(EgressNetworkConnectorArn))
    refuse(
      logicalId,
      ['EgressNetworkConnectorArn'],
      'EgressNetworkConnectorArn has to be the ARN of a network connector with its version, such as its LatestVersionArn',
    );
}

function checkDeployment({ logicalId, properties }: SamSource, { parameters }: Build): void {
  const { AuthType, RevisionWeights } = properties;
  const or = (name: string, otherwise: string): Json => {
    const value = parameters.resolve(properties[name]);
    return truthy(value) ? value : otherwise;
  };
  const mode = or('AutoDeploymentMode', 'LatestRevision');
  if (mode !== 'LatestRevision' && mode !== 'Disabled')
    refuse(
      logicalId,
      ['AutoDeploymentMode'],
      'AutoDeploymentMode has to be LatestRevision or Disabled, or a parameter with such a value',
    );
  if (!truthy(AuthType))
    refuse(
      logicalId,
      [],
      'a web function needs an AuthType: IamAuth, by which Lambda checks requests, or ApplicationManaged, by which everybody may call it',
    );
  const endpoint = or('EndpointType', 'HomeRegion');
  const isRegional = endpoint === 'MultiRegion' || endpoint === 'PerRegion';
  if (mode === 'LatestRevision' && truthy(RevisionWeights))
    refuse(logicalId, ['RevisionWeights'], 'RevisionWeights needs AutoDeploymentMode to be Disabled');
  if (isRegional && mode !== 'Disabled')
    refuse(
      logicalId,
      ['AutoDeploymentMode'],
      `AutoDeploymentMode has to be Disabled where EndpointType is ${endpoint}`,
    );
  if (mode === 'Disabled' && !isRegional && !truthy(RevisionWeights))
    refuse(
      logicalId,
      ['AutoDeploymentMode'],
      'RevisionWeights is needed where AutoDeploymentMode is Disabled',
    );
}

/** Traffic is divided among two revisions at most, all of it. */
function checkWeights(logicalId: string, weights: Json | undefined): void {
  if (!truthy(weights)) return;
  const at = ['RevisionWeights'];
  if (!isObject(weights) || isCall(weights))
    refuse(logicalId, at, 'RevisionWeights has to be a map of revision IDs and weights');
  let sum = 0;
  let isKnown = true;
  for (const revision of Object.keys(weights)) {
    const weight = weights[revision] ?? null;
    if (isCall(weight)) isKnown = false;
    else if (typeof weight !== 'number' || !Number.isInteger(weight) || weight < 1 || weight > 100)
      refuse(logicalId, [...at, revision], 'a weight has to be a whole number from 1 to 100');
    else sum += weight;
  }
  if (Object.keys(weights).length > 2)
    refuse(logicalId, at, 'RevisionWeights can have two revisions at most');
  if (isKnown && sum !== 100) refuse(logicalId, at, `RevisionWeights have to come to 100, not to ${sum}`);
}

function checkEnvironment(logicalId: string, variables: Json | undefined): void {
  if (!isObject(variables) || isCall(variables)) return;
  for (const [name, value] of Object.entries(variables)) {
    const path = ['EnvironmentVariables', name];
    if (!/^[a-zA-Z][a-zA-Z0-9_]*$/.test(name))
      refuse(
        logicalId,
        path,
        'the name of a variable has to be letters, digits and underscores, a letter first',
      );
    if (value === '') refuse(logicalId, path, 'a variable cannot be empty');
    if (typeof value === 'string' && value.length > LONGEST_VALUE)
      refuse(logicalId, path, `a variable cannot be longer than ${LONGEST_VALUE} characters`);
  }
}
