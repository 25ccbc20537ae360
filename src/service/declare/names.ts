import type { Data } from '../values.ts';

/** Logical IDs of what the marshaller makes of functions. */
export interface Names {
  /** Of the AWS::Lambda::Function. */
  functionId(name: string): string;
  /** Of the AWS::Lambda::Alias. */
  aliasId(name: string, alias: string): string;
  /** Of the AWS::Lambda::Version; `undefined` where none is published. */
  versionId(name: string): string | undefined;
  /** Of the AWS::IAM::Role; `undefined` where the role is not of this service's making. */
  roleId(name: string): string | undefined;
  /** Name of the log group that the function writes to. */
  logGroup(name: string): Data;
}
