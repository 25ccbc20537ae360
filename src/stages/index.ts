/**
 * The stages of the provisioning flow, in the order in which src/commands/provision runs them. Each is a function of
 * what it needs to what it made, with a log group of its own.
 */

export { assemble } from './assemble.ts';
export { baseAssembly } from './base-commit.ts';
export { check } from './check.ts';
export { compare, isUnchanged } from './compare.ts';
export { deploy, protect } from './deploy.ts';
export { askInPlace, heal, type InPlaceStack, readSwapped, type Swapped } from './in-place.ts';
export { locate } from './locate.ts';
export { lookUp } from './look-up.ts';
export { pushImages, registryOf } from './push-images.ts';
export { gitHub, publish } from './report.ts';
export { checkReviewedPlan } from './reviewed-plan.ts';
export { upload } from './upload.ts';
