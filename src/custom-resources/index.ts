/** The Lambda function behind the custom resources: `index.handler`. scripts/build.ts bundles it for the action. */
import { artifact } from './artifact.ts';
import { bucketNotification } from './bucket-notification.ts';
import type { LambdaContext, LifecycleEvent } from './event.ts';
import { serve } from './lifecycle.ts';
import { receiptRuleSet } from './receipt-rule-set.ts';
import { site } from './site.ts';

export const handler = (event: LifecycleEvent, context: LambdaContext): Promise<void> =>
  serve(
    {
      'Custom::SpartaArtifact': artifact,
      'Custom::SpartaBucketNotification': bucketNotification,
      'Custom::SpartaReceiptRuleSet': receiptRuleSet,
      'Custom::SpartaSite': site,
    },
    event,
    context,
  );
