import type { AssumedRole, FileDestination, ImageDestination, StackAssembly, StackRoles } from './types.ts';

/** Where a stack is deployed to. */
export interface Environment {
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov` ... */
  readonly partition: string;
}

/** A stack whose destinations and roles hold no `${AWS::AccountId}`, `${AWS::Region}` or `${AWS::Partition}` any more. */
export function inEnvironment(stack: StackAssembly, environment: Environment): StackAssembly {
  const { account, region, partition } = environment;
  const text = (written: string): string =>
    written
      .replaceAll('${AWS::AccountId}', account)
      .replaceAll('${AWS::Region}', region)
      .replaceAll('${AWS::Partition}', partition);
  const role = (each: AssumedRole): AssumedRole => ({ ...each, arn: text(each.arn) });
  const placed = <T extends { readonly region?: string; readonly role?: AssumedRole }>(each: T): T => ({
    ...each,
    ...(each.region !== undefined && { region: text(each.region) }),
    ...(each.role && { role: role(each.role) }),
  });
  const file = (each: FileDestination): FileDestination => ({
    ...placed(each),
    bucket: text(each.bucket),
    key: text(each.key),
  });
  const image = (each: ImageDestination): ImageDestination => ({
    ...placed(each),
    repository: text(each.repository),
    tag: text(each.tag),
  });
  const roles = ({ deploy, execution, lookup }: StackRoles): StackRoles => ({
    ...(deploy && { deploy: role(deploy) }),
    ...(execution !== undefined && { execution: text(execution) }),
    ...(lookup && { lookup: role(lookup) }),
  });
  return {
    ...stack,
    ...(stack.roles && { roles: roles(stack.roles) }),
    ...(stack.templateDestination && { templateDestination: file(stack.templateDestination) }),
    nested: stack.nested.map((each) =>
      each.destination ? { ...each, destination: file(each.destination) } : each,
    ),
    assets: stack.assets.map((each) => {
      if (!each.destination) return each;
      return each.kind === 'image'
        ? { ...each, destination: image(each.destination) }
        : { ...each, destination: file(each.destination) };
    }),
  };
}
