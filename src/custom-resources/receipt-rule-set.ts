import { DescribeActiveReceiptRuleSetCommand, SetActiveReceiptRuleSetCommand } from '@aws-sdk/client-ses';
import { ses } from './aws.ts';
import type { CustomResource } from './event.ts';
import { readProperties } from './properties.ts';

/**
 * Makes a rule set the active one. SES has one in each region, so that of somebody else is not pushed aside: mail would
 * be lost.
 */
export const receiptRuleSet: CustomResource = ({ ResourceProperties, OldResourceProperties }) => {
  const name = readProperties(ResourceProperties, (is) => is.text('RuleSetName'));
  return {
    identity: name,
    put: async () => {
      const active = await activeRuleSet();
      if (active === name) return {};
      if (active !== undefined && active !== OldResourceProperties?.RuleSetName) {
        throw new Error(
          `The rule set ${active} is active in this region, and SES has one at a time. Give its name as ruleSet to add rules to it.`,
        );
      }
      await ses().send(new SetActiveReceiptRuleSetCommand({ RuleSetName: name }));
      return {};
    },
    remove: async () => {
      // Without a name none is active, and only then can ours be deleted.
      if ((await activeRuleSet()) === name) await ses().send(new SetActiveReceiptRuleSetCommand({}));
    },
  };
};

async function activeRuleSet(): Promise<string | undefined> {
  const { Metadata } = await ses().send(new DescribeActiveReceiptRuleSetCommand({}));
  return Metadata?.Name;
}
