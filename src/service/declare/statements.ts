import { canonicalJson } from '../../hash/canonical.ts';
import type { Data } from '../values.ts';
import type { Grant } from './draft.ts';

const VERSION = '2012-10-17';

/** Lets a service assume a role. */
export const trust = (service: string, condition?: Readonly<Record<string, Data>>): Data => ({
  Version: VERSION,
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      ...(condition && { Condition: condition }),
    },
  ],
});

/** A policy document of grants, each once. */
export const policyDocument = (grants: readonly Grant[]): Data => {
  const statements = grants.map(({ actions, resources, condition }) => ({
    Effect: 'Allow',
    Action: [...actions],
    Resource: [...resources],
    ...(condition && { Condition: condition }),
  }));
  const different = new Map(statements.map((each) => [canonicalJson(each), each]));
  return { Version: VERSION, Statement: [...different.values()] };
};

/** The `Policies` of a role. */
export const rolePolicies = (name: string, grants: readonly Grant[]): Data => [
  { PolicyName: name, PolicyDocument: policyDocument(grants) },
];
