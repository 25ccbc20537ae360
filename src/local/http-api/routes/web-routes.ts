import type { LocalFunction } from '../../functions/function.ts';
import type { Route } from '../route.ts';
import { apiOf } from './scope.ts';

/** Web functions: each answers every request that reaches it. */
export const webRoutes = (functions: readonly LocalFunction[]): Route[] =>
  functions.flatMap(({ logicalId, web }): Route[] =>
    web
      ? [
          {
            api: apiOf({ kind: 'web', logicalId }),
            method: 'ANY',
            path: '$default',
            target: { kind: 'web', logicalId },
            payloadVersion: '2.0',
            ...(web.iam && { authorizer: { kind: 'iam' as const } }),
          },
        ]
      : [],
  );
