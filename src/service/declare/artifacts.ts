import type { S3ArtifactOptions } from '../decorators/outputs.ts';
import type { ServiceDecorator } from '../hook-types.ts';
import { customResource } from './custom-resource.ts';
import type { Draft } from './draft.ts';
import { pascal, shortHash } from './identifiers.ts';
import { sub } from './resources.ts';

/** Documents that the decorator `s3Artifact` publishes. */
export function addArtifacts(draft: Draft): void {
  for (const decorator of draft.service.decorators ?? []) {
    const artifact = artifactOf(decorator);
    if (!artifact) continue;
    const { bucket, key, content } = artifact;
    // Another place is another resource, so that the old one is removed with the permissions that it had.
    const id = `${pascal(key)}Artifact${shortHash({ bucket, key })}`;
    customResource(draft, id, {
      type: 'Artifact',
      properties: { BucketName: bucket, Key: key, Body: content },
      grants: [
        {
          actions: ['s3:DeleteObject', 's3:PutObject'],
          resources: [sub('arn:${AWS::Partition}:s3:::${Bucket}/${Key}', { Bucket: bucket, Key: key })],
        },
      ],
    });
  }
}

const artifactOf = (decorator: ServiceDecorator): S3ArtifactOptions | undefined =>
  'artifact' in decorator ? (decorator.artifact as S3ArtifactOptions) : undefined;
