import type { ServiceDefinition } from './types.ts';
export * from '../targets/definition.ts';
export type * from './api-types.ts';
export type * from './build-types.ts';
export type * from './event-types.ts';
export type * from './function-types.ts';
export type * from './hook-types.ts';
export type * from './role-types.ts';
export type * from './site-types.ts';
export type * from './types.ts';
export type * from './values.ts';
export type * from './web-types.ts';
export * from './workflow.ts';
export type * from './workflow-types.ts';
/**
 * Defines a service, with completion and checks in editors; returns what it is given.
 *
 * @example
 * export default defineService({ name: 'hello', functions: { hello: { handler: 'src/hello.ts' } } });
 */
export declare function defineService(definition: ServiceDefinition): ServiceDefinition;
