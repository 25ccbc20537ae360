import { own, type TemplatePath } from '../../../template/types.ts';
import { closest } from '../../../text/closest.ts';
import type { MicrovmHooks, MicrovmImageDefinition } from '../../compute-types.ts';
import { tagList } from '../../marshal/function.ts';
import type { Data, Value } from '../../values.ts';
import { type Draft, setResource } from '../draft.ts';
import { defined } from '../events/shared/mapping.ts';
import { getAtt, sub } from '../resources.ts';
import { rolePolicies } from '../statements.ts';
import { connectorId, microvmImageId } from './ids.ts';
import { operatorRole } from './operator.ts';

/** Images of MicroVMs. */
export function addMicrovmImages(draft: Draft): void {
  for (const [name, definition] of Object.entries(draft.service.microvmImages ?? {}))
    addImage(draft, name, definition);
}

/** The archive has a place that is known only when it is made. */
const archive = (text: string): Data => ({ 'Fn::Sub': [text, { Bucket: '', Key: '' }] });

function addImage(draft: Draft, name: string, definition: MicrovmImageDefinition): void {
  const id = microvmImageId(name);
  const { folder, command, inputs, environment = {}, logging, memory, hooks, tags } = definition;
  const roleId = `${id}Role`;
  const role = operatorRole(draft, definition.role, {
    id: roleId,
    properties: {
      Policies: rolePolicies('build', [
        // The first, so that the archive's address finds its place.
        { actions: ['s3:GetObject'], resources: [archive('arn:${AWS::Partition}:s3:::${Bucket}/${Key}')] },
        {
          actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*')],
        },
      ]),
    },
  });
  // CloudFormation asks for most of them, empty ones too.
  setResource(draft, id, {
    Type: 'AWS::Lambda::MicrovmImage',
    Properties: defined({
      Name: definition.imageName ?? sub(`\${AWS::StackName}-${name}`),
      Description: definition.description ?? '',
      CodeArtifact: { Uri: archive('s3://${Bucket}/${Key}') },
      BaseImageArn: definition.base,
      BaseImageVersion: definition.baseVersion,
      BuildRoleArn: role,
      CpuConfigurations: [],
      Resources: memory === undefined ? [] : [{ MinimumMemoryInMiB: memory }],
      EnvironmentVariables: Object.entries(environment).map(([Key, Value]) => ({ Key, Value })),
      EgressNetworkConnectors: (definition.connectors ?? []).map((each, index) =>
        connector(draft, each, ['microvmImages', name, 'connectors', index]),
      ),
      AdditionalOsCapabilities: definition.osCapabilities ? ['ALL'] : [],
      Hooks: hooksOf(hooks),
      Logging: loggingOf(logging),
      Tags: tags && tagList(tags),
    }),
  });
  const place = { bucket: 'Bucket', key: 'Key' };
  draft.assets.push({
    source: { kind: 'site', folder, ...(command !== undefined && { command }), ...(inputs && { inputs }) },
    targets: [
      { logicalId: id, path: ['CodeArtifact', 'Uri', 'Fn::Sub', 1], ...place },
      ...(definition.role === undefined
        ? [
            {
              logicalId: roleId,
              path: ['Policies', 0, 'PolicyDocument', 'Statement', 0, 'Resource', 0, 'Fn::Sub', 1],
              ...place,
            },
          ]
        : []),
    ],
  });
}

/** The ARN of a connector. */
function connector(draft: Draft, value: Value<string>, path: TemplatePath): Data {
  if (typeof value !== 'string' || value.startsWith('arn:')) return value;
  const connectors = draft.service.networkConnectors ?? {};
  const found = own(connectors, value);
  const fault = (message: string, next: string): Data => {
    draft.faults.push({ path, message, next });
    return value;
  };
  if (found === undefined) {
    const meant = closest(value, Object.keys(connectors));
    return fault(
      `${value} is no network connector of this service`,
      meant ? `Write ${meant} if that is meant.` : 'Add it to networkConnectors, or give an ARN.',
    );
  }
  if (found.for === 'web-functions')
    return fault(`${value} is for web functions`, 'Name one that is for microvms.');
  return getAtt(connectorId(value), 'Arn');
}

const MOMENTS = {
  MicrovmImageHooks: ['ready', 'validate'],
  MicrovmHooks: ['run', 'suspend', 'resume', 'terminate'],
} as const;

function hooksOf(hooks: MicrovmHooks = {}): Data {
  const groups = Object.entries(MOMENTS).map(([group, moments]) => {
    const given = moments.flatMap((moment): [string, Data][] => {
      const name = `${moment.charAt(0).toUpperCase()}${moment.slice(1)}`;
      const seconds = hooks[moment];
      return seconds === undefined
        ? []
        : [
            [name, 'ENABLED'],
            [`${name}TimeoutInSeconds`, seconds],
          ];
    });
    return [group, given.length > 0 ? Object.fromEntries(given) : undefined] as const;
  });
  return defined({ Port: hooks.port, ...Object.fromEntries(groups) });
}

function loggingOf(logging: MicrovmImageDefinition['logging']): Data {
  if (logging === false) return { Disabled: true };
  return logging === undefined
    ? {}
    : { CloudWatch: defined({ LogGroup: logging.group, LogStream: logging.stream }) };
}
