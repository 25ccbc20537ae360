/**
 * The stages of the provisioning flow, in the order in which src/commands/provision runs them. Each is a function of
 * what it needs to what it made, with a log group of its own.
 */

export { check } from './assemble/check-template.ts';
export { assemble } from './assemble/index.ts';
export { deploy, protect } from './deploy/change-set.ts';
export { askInPlace, heal, type InPlaceStack, readSwapped, type Swapped } from './deploy/in-place.ts';
export { baseAssembly } from './plan/base-commit.ts';
export { compare, isUnchanged } from './plan/compare.ts';
export { locate } from './plan/locate.ts';
export { lookUp } from './plan/look-up-stack.ts';
export { checkReviewedPlan } from './plan/reviewed-plan.ts';
export { gitHub, publish } from './report/publish.ts';
export { pushImages, registryOf } from './upload/images.ts';
export { upload } from './upload/index.ts';
