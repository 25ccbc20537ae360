import { describe, expect, it } from '@jest/globals';
import { constructNames } from '../../../src/template/diff/construct-names.ts';

const resource = (path: unknown) => ({ Type: 'X::Y::Z', Metadata: { 'aws:cdk:path': path } });

describe('the name of a resource', () => {
  it.each<[unknown, string | undefined, string | undefined]>([
    ['Orders/TakeOrder/Resource', 'Orders', 'TakeOrder'],
    ['Prod/Orders/TakeOrder/ServiceRole/Resource', 'Prod/Orders', 'TakeOrder/ServiceRole'],
    ['Orders/TakeOrder/Resource', undefined, 'TakeOrder'],
    ['Orders/Greeter.NestedStack/Greeter.NestedStackResource', 'Orders', 'Greeter'],
    ['Orders/A/Greeter.NestedStack/Greeter.NestedStackResource', 'Orders', 'A/Greeter'],
    ['Orders/Api/Default', 'Orders', 'Api'],
    ['Orders/Topic', 'Orders', 'Topic'],
    ['', 'Orders', undefined],
    [1, 'Orders', undefined],
  ])('%j in the stack %j is %j', (path, stack, name) => {
    expect(constructNames({ Resources: { Id: resource(path) } } as never, stack).Id).toBe(name);
  });

  it('is none that two resources would share', () => {
    const Resources = {
      A: resource('S/X/Resource'),
      B: resource('S/X/Default'),
      C: resource('S/Y/Resource'),
    };
    expect(constructNames({ Resources } as never, 'S')).toEqual({ C: 'Y' });
  });
});
