/**
 * The stages of the provisioning flow, in the order in which src/commands/provision.ts runs them. Each is a function of
 * what it needs to what it made, with a log group of its own.
 */
export { loadSource } from './load-source.ts';
export { packageAssets } from './package.ts';
export { check } from './check.ts';
export { lookUp, lookUpIfPossible } from './look-up.ts';
export { locate } from './locate.ts';
export { baseAssembly } from './base-commit.ts';
export { compare, isUnchanged } from './compare.ts';
export { checkReviewedPlan } from './reviewed-plan.ts';
export { upload } from './upload.ts';
export { deploy, protect } from './deploy.ts';
export { gitHub, publish } from './report.ts';
