import { API_TYPES } from './api/index.ts';
import { CONNECTOR } from './connector/index.ts';
import { FUNCTION } from './function/index.ts';
import { GRAPHQL_API } from './graphql/index.ts';
import { APPLICATION } from './other/application.ts';
import { CAPACITY_PROVIDER } from './other/capacity-provider.ts';
import { LAYER_VERSION } from './other/layer-version.ts';
import { MICROVM_IMAGE } from './other/microvm-image.ts';
import { NETWORK_CONNECTOR } from './other/network-connector.ts';
import { SIMPLE_TABLE } from './other/simple-table.ts';
import type { SamType } from './sam-type.ts';
import { STATE_MACHINE } from './state-machine/index.ts';
import { WEB_FUNCTION } from './web-function/index.ts';

export type { SamType } from './sam-type.ts';
export { RANKS } from './sam-type.ts';

/** All types of SAM's, without `AWS::Serverless::`. */
export const TYPES: Readonly<Record<string, SamType>> = {
  ...API_TYPES,
  Application: APPLICATION,
  CapacityProvider: CAPACITY_PROVIDER,
  Connector: CONNECTOR,
  Function: FUNCTION,
  GraphQLApi: GRAPHQL_API,
  LayerVersion: LAYER_VERSION,
  MicrovmImage: MICROVM_IMAGE,
  NetworkConnector: NETWORK_CONNECTOR,
  SimpleTable: SIMPLE_TABLE,
  StateMachine: STATE_MACHINE,
  WebFunction: WEB_FUNCTION,
};
