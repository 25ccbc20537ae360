import { defaultDeletionPolicy, typeOf } from '../diff/deletion-policy.ts';
import type { TemplateEdit } from '../document.ts';
import { declaredResources } from '../resources.ts';
import { isObject, type Json, own, type Template } from '../types.ts';
import { textOf } from '../values/equivalence.ts';

/** What would outlive its stack, and how a template says that it shall not. */
export interface Overruled {
  readonly edits: readonly TemplateEdit[];
  /** `OrdersTable (DeletionPolicy)` */
  readonly what: readonly string[];
}

/**
 * Properties that keep a resource from being deleted, by type, with the value that lets it go.
 * Source: CloudFormation template reference.
 */
const PROTECTIONS: Readonly<Record<string, readonly [property: string, off: Json]>> = {
  'AWS::Cognito::UserPool': ['DeletionProtection', 'INACTIVE'],
  'AWS::DocDB::DBCluster': ['DeletionProtection', false],
  'AWS::DSQL::Cluster': ['DeletionProtectionEnabled', false],
  'AWS::DynamoDB::Table': ['DeletionProtectionEnabled', false],
  'AWS::EC2::Instance': ['DisableApiTermination', false],
  'AWS::Logs::LogGroup': ['DeletionProtectionEnabled', false],
  'AWS::Neptune::DBCluster': ['DeletionProtection', false],
  'AWS::RDS::DBCluster': ['DeletionProtection', false],
  'AWS::RDS::DBInstance': ['DeletionProtection', false],
  'AWS::RDS::GlobalCluster': ['DeletionProtection', false],
};

/** The transform keeps every version of a layer, unless it is told otherwise. */
const KEPT_BY_SAM: Readonly<Record<string, string>> = { 'AWS::Serverless::LayerVersion': 'RetentionPolicy' };

/** Everything of a template that keeps resources, or their data, when the stack is deleted. */
export function overruled(template: Template): Overruled {
  const edits: TemplateEdit[] = [];
  const what: string[] = [];
  for (const { id, path, resource } of declaredResources(template)) {
    const set = (at: readonly string[], value: Json, isTold: boolean) => {
      edits.push({ path: [...path, ...at], value });
      if (isTold) what.push(`${id} (${at.at(-1)})`);
    };
    const type = typeOf(resource);
    const properties = isObject(resource.Properties) ? resource.Properties : {};
    for (const policy of ['DeletionPolicy', 'UpdateReplacePolicy']) {
      const written = own(resource, policy);
      const isDefault = written === undefined;
      const value =
        written ?? (policy === 'DeletionPolicy' ? defaultDeletionPolicy(type, properties) : undefined);
      if (value !== undefined && textOf(value) !== 'Delete') set([policy], 'Delete', !isDefault);
    }
    const [property, off] = own(PROTECTIONS, type) ?? [];
    const protection = property === undefined ? undefined : own(properties, property);
    if (property !== undefined && off !== undefined && protection !== undefined && protection !== off)
      set(['Properties', property], off, true);
    const kept = own(KEPT_BY_SAM, type);
    if (kept !== undefined && textOf(own(properties, kept)) !== 'Delete')
      set(['Properties', kept], 'Delete', own(properties, kept) !== undefined);
  }
  return { edits, what };
}
