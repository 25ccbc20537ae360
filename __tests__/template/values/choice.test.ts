import { describe, expect, it } from '@jest/globals';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { isObject, type Json } from '../../../src/template/types.ts';
import { alternatives, choose, whereItExists } from '../../../src/template/values/choice.ts';
import { foreseen, foreseenWithin, newReading, tentatively } from '../../../src/template/values/foreseen.ts';

const TEMPLATE = `
Parameters:
  Stage: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /stage }
  Arch: { Type: String, Default: arm64 }
  Names: { Type: CommaDelimitedList, Default: 'a, b' }
  Secret: { Type: String, NoEcho: true, Default: x }
  Given: { Type: String }
Mappings:
  By: { arm64: { word: sixty-four }, x86_64: { word: eighty-six } }
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Dev: !Equals [dev, !Ref Stage]
  Either: !Or [!Condition Prod, !Condition Dev]
  Arm: !Equals [!Ref Arch, arm64]
Resources:
  Thing:
    Type: AWS::SNS::Topic
    Properties: VALUE
`;

function setUp(value: string, values: Partial<Parameters<typeof foreseen>[1]> = {}) {
  const { template } = parseTemplate(TEMPLATE.replace('VALUE', value), 'template.yml');
  const reading = newReading();
  const scope = foreseen(template, { given: {}, deployed: {}, ...values }, reading);
  const { Thing } = template.Resources;
  const written = isObject(Thing) ? (Thing.Properties ?? null) : null;
  return { template, reading, scope, written };
}

function chosen(value: string, values: Partial<Parameters<typeof foreseen>[1]> = {}) {
  const { scope, written } = setUp(value, values);
  return choose(scope, (ask) => ask(written));
}

describe('what a value comes to', () => {
  it.each<[string, Json]>([
    ['!Ref Arch', 'arm64'],
    ['!Sub "on-${Arch}"', 'on-arm64'],
    ['!FindInMap [By, !Ref Arch, word]', 'sixty-four'],
    ['[!If [Arm, one, two], !Ref Arch]', ['one', 'arm64']],
    ['!Select [1, !Ref Names]', 'b'],
    ['{ A: !Ref AWS::NoValue, B: 1 }', { B: 1 }],
  ])('%s is known', (value, expected) => {
    expect(chosen(value)).toEqual({ value: expected });
  });

  it('is what is given, else what the deployed stack has, else the default', () => {
    expect(chosen('!Ref Arch', { deployed: { Arch: 'x86_64' } })).toEqual({ value: 'x86_64' });
    expect(chosen('!Ref Arch', { deployed: { Arch: 'x86_64' }, given: { Arch: 'arm64' } })).toEqual({
      value: 'arm64',
    });
    expect(chosen('!Ref Arch', { deployed: { Arch: '****' } })).toEqual({ value: 'arm64' });
  });

  it.each(['Stage', 'Secret', 'Given', 'Thing'])('stays a call where it is not known: %s', (name) => {
    expect(chosen(`!Ref ${name}`)).toEqual({ value: { Ref: name } });
  });

  it('is not known where SSM or Secrets Manager is asked for it', () => {
    const given = { Given: '{{resolve:ssm:/arch}}' };
    expect(chosen('!Ref Given', { given })).toEqual({ value: { Ref: 'Given' } });
  });
});

describe('where a condition is not decided', () => {
  it('each side is made, and what is the same on both is one', () => {
    expect(chosen('!If [Prod, one, two]')).toEqual({
      condition: 'Prod',
      yes: { value: 'one' },
      no: { value: 'two' },
    });
    expect(chosen('[!If [Prod, one, one], x]')).toEqual({ value: ['one', 'x'] });
  });

  it('only what is asked for counts', () => {
    const { scope, written } = setUp('{ A: !If [Prod, one, two], B: 1 }');
    const value = isObject(written) ? (written.B ?? null) : null;
    expect(choose(scope, (ask) => ask(value))).toEqual({ value: 1 });
  });

  it('a parameter that it compares is known where it is met, so that no impossible side is made', () => {
    expect(chosen('!If [Prod, one, !If [Dev, two, three]]')).toEqual({
      condition: 'Prod',
      yes: { value: 'one' },
      no: { condition: 'Dev', yes: { value: 'two' }, no: { value: 'three' } },
    });
    expect(alternatives(chosen('[!If [Prod, a, b], !If [Dev, c, d], !If [Either, e, f]]'))).toEqual([
      ['a', 'd', 'e'],
      ['b', 'c', 'e'],
      ['b', 'd', 'f'],
    ]);
    expect(alternatives(chosen('!If [Prod, !Sub "for-${Stage}", none]'))).toEqual(['for-prod', 'none']);
  });

  it('a resource that has the condition itself is on its side', () => {
    const { scope, written } = setUp('!If [Prod, one, two]');
    expect(choose(whereItExists(scope, 'Prod'), (ask) => ask(written))).toEqual({ value: 'one' });
  });

  it('there is an end to it', () => {
    const names = Array.from({ length: 8 }, (_, index) => `C${index}`);
    const conditions = Object.fromEntries(
      names.map((name): [string, Json] => [name, { 'Fn::Equals': [{ Ref: name }, 'x'] }]),
    );
    const { template } = parseTemplate('Resources: { T: { Type: AWS::SNS::Topic } }', 'x.yml');
    const scope = foreseen(
      { ...template, Conditions: conditions },
      { given: {}, deployed: {} },
      newReading(),
    );
    const value = names.map((name): Json => ({ 'Fn::If': [name, 'a', 'b'] }));
    expect(() => choose(scope, (ask) => ask(value))).toThrow(RangeError);
  });
});

describe('what was read', () => {
  it('is kept with its value, and what was not given is told', () => {
    const { scope, written, reading } = setUp('[!If [Arm, !Ref Given, !Ref Names], !Ref Stage]', {
      given: { Given: 'g' },
    });
    choose(scope, (ask) => ask(written));
    expect(Object.fromEntries(reading.read)).toEqual({ Arch: 'arm64', Given: 'g' });
    expect([...reading.notGiven]).toEqual(['Arch']);
  });

  it('is forgotten where it was of no use', () => {
    const { scope, written, reading } = setUp('!Ref Arch');
    const made = tentatively(
      reading,
      () => choose(scope, (ask) => ask(written)),
      () => false,
    );
    expect(made).toEqual({ value: 'arm64' });
    expect(reading.read.size + reading.notGiven.size).toBe(0);
  });
});

describe('a nested template', () => {
  const { template: child } = parseTemplate(
    `
Parameters:
  Arch: { Type: String, Default: x86_64 }
  List: { Type: CommaDelimitedList, Default: none }
  Own: { Type: String, Default: own }
Resources: { T: { Type: AWS::SNS::Topic } }`,
    'child.yml',
  );
  const within = (parameters: Json | undefined, given = {}) => {
    const { scope, reading } = setUp('x', { given, deployed: { 'AWS::Region': 'eu-west-1' } });
    const inner = foreseenWithin(scope, child, parameters);
    const value = (name: string) => {
      const found = choose(inner, (ask) => ask({ Ref: name }));
      return 'value' in found ? found.value : found;
    };
    return { value, reading };
  };

  it('has what its parent gives it, and its own defaults', () => {
    const { value, reading } = within({ Arch: { Ref: 'Arch' }, List: { Ref: 'Names' } });
    expect(reading.read.size).toBe(0);
    expect(value('Arch')).toBe('arm64');
    expect(value('List')).toEqual(['a', 'b']);
    expect(value('Own')).toBe('own');
    expect(value('AWS::Region')).toBe('eu-west-1');
    expect([...reading.read.keys()].sort()).toEqual(['AWS::Region', 'Arch', 'Names']);
  });

  it('does not take its default for what its parent gives, and nobody knows', () => {
    expect(within({ Arch: { Ref: 'Stage' } }).value('Arch')).toEqual({ Ref: 'Arch' });
    expect(within({ Arch: '{{resolve:ssm:x}}' }).value('Arch')).toEqual({ Ref: 'Arch' });
    expect(within({ 'Fn::Transform': 'x' }).value('AWS::StackName')).toEqual({ Ref: 'AWS::StackName' });
  });
});
