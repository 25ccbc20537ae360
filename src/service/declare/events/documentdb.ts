import type { DocumentDbEvent } from '../../event-types.ts';
import { NETWORK, reading } from './shared/brokers.ts';
import { type EventMarshaller, eventId, sourceOf } from './shared/context.ts';
import { addMapping, defined } from './shared/mapping.ts';

/** The change stream of a DocumentDB cluster. */
export const documentdb: EventMarshaller<DocumentDbEvent> = (event, context) => {
  const cluster = sourceOf(context, 'cluster', event.cluster, ['AWS::DocDB::DBCluster']);
  if (!cluster) return;
  const properties = {
    EventSourceArn: cluster.arn,
    StartingPosition: event.start ?? 'LATEST',
    StartingPositionTimestamp: event.startTimestamp,
    SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: event.secret }],
    DocumentDBEventSourceConfig: defined({
      DatabaseName: event.database,
      CollectionName: event.collection,
      FullDocument: event.fullDocument ? 'UpdateLookup' : undefined,
    }),
  };
  addMapping(context, event, {
    id: eventId(context, event, { kind: 'Documents', source: event.cluster, id: cluster.id }),
    properties,
    grants: [
      {
        // Not about one cluster alone: the poller lists them. Source: Lambda Developer Guide, "Using Lambda with DocumentDB".
        actions: ['rds:DescribeDBClusterParameters', 'rds:DescribeDBClusters', 'rds:DescribeDBSubnetGroups'],
        resources: ['*'],
      },
      NETWORK,
      ...reading(event.secret),
    ],
  });
};
