/** What is told of APIs that stand in an OpenAPI document: their policy, and what guards their operations. */
import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject, Template } from '../../../src/template/types.ts';
import { cautionsOf, templateOf } from './doors.ts';

const REST = 'AWS::ApiGateway::RestApi';
const HTTP = 'AWS::ApiGatewayV2::Api';
const NOTHING: Template = { Resources: {} };

const said = (before: Template, after: Template): string[] =>
  cautionsOf(before, after).map(({ kind, message }) => `${kind} ${message}`);

const INVOKE = { Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
const allow = (more: JsonObject = {}): Json => ({ Effect: 'Allow', Principal: '*', ...INVOKE, ...more });
const deny = (Condition: JsonObject): Json => ({ Effect: 'Deny', Principal: '*', ...INVOKE, Condition });
const outside = (...ranges: string[]): Json => deny({ NotIpAddress: { 'aws:SourceIp': ranges } });
const otherEndpoints = (...ids: string[]): Json => deny({ StringNotEquals: { 'aws:SourceVpce': ids } });
const organisation = allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } });
const account = allow({ Principal: { AWS: '123456789012' } });

/** The policy stands in the document of the API, or beside it; all its operations have an authorizer. */
const guarded = { '/a': { get: { security: [{ mine: [] }] } } };
const inBody = (...Statement: Json[]): Template =>
  templateOf(REST, { Body: { paths: guarded, 'x-amazon-apigateway-policy': { Statement } } });
const asText = (...Statement: Json[]): Template =>
  templateOf(REST, {
    Body: { 'Fn::Sub': JSON.stringify({ paths: guarded, 'x-amazon-apigateway-policy': { Statement } }) },
  });
const beside = (...Statement: Json[]): Template =>
  templateOf(REST, { Body: { paths: guarded }, Policy: { Statement } });

describe.each([
  ['the document', inBody, 'Body.x-amazon-apigateway-policy'],
  ['the document as text', asText, 'Body.x-amazon-apigateway-policy'],
  ['the property', beside, 'Policy'],
])('a policy in %s', (_name, api, property) => {
  const on = `execute-api:Invoke on execute-api:/*`;
  it.each([
    [
      'is for everybody instead of an account',
      api(account),
      api(allow()),
      [`public is open to everybody: ${on} (${property})`],
    ],
    [
      'is for everybody without its condition',
      api(organisation),
      api(allow()),
      [`public is open to everybody: ${on} (${property})`],
    ],
    [
      'lets in more addresses',
      api(allow({ Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } } })),
      api(allow({ Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] } } })),
      [`permission allows more: ${on} to * (${property})`],
    ],
    [
      'denies fewer addresses',
      api(allow(), outside('10.0.0.0/8')),
      api(allow(), outside('10.0.0.0/8', '192.0.2.0/24')),
      [`permission denies less: ${on} to * (${property})`],
    ],
    [
      'denies other addresses',
      api(allow(), outside('10.0.0.0/8')),
      api(allow(), outside('192.0.2.0/24')),
      [`permission denies less: ${on} to * (${property})`],
    ],
    [
      'denies fewer endpoints',
      api(allow(), otherEndpoints('vpce-1')),
      api(allow(), otherEndpoints('vpce-1', 'vpce-2')),
      [`permission denies less: ${on} to * (${property})`],
    ],
    [
      'denies nothing any more',
      api(allow(), outside('10.0.0.0/8')),
      api(allow()),
      [`permission denies no longer: ${on} to * (${property})`],
    ],
    [
      'is for everybody behind certain addresses, no longer for an account',
      api(account, outside('10.0.0.0/8')),
      api(allow(), outside('10.0.0.0/8')),
      [`permission allows more: ${on} to * (${property})`],
    ],
  ])('that %s', (_what, before, after, cautions) => {
    expect(said(before, after)).toEqual(cautions);
    expect(said(after, after)).toEqual([]);
  });

  it.each([
    ['is new, and denies all but some addresses', NOTHING, api(allow(), outside('10.0.0.0/8'))],
    ['is new, and denies all but some endpoints', NOTHING, api(allow(), otherEndpoints('vpce-1'))],
    ['stays equal', api(allow(), outside('10.0.0.0/8')), api(outside('10.0.0.0/8'), allow())],
    [
      'denies more addresses',
      api(allow(), outside('10.0.0.0/8', '192.0.2.0/24')),
      api(allow(), outside('10.0.0.0/8')),
    ],
    [
      'denies all but a part of them',
      api(allow(), outside('10.0.0.0/8')),
      api(allow(), outside('10.1.0.0/16')),
    ],
    [
      'denies whatever it is',
      api(allow(), outside('10.0.0.0/8')),
      api(allow(), outside('10.0.0.0/8'), deny({})),
    ],
    ['is for an account, no longer for everybody', api(allow()), api(account)],
    ['is for an organisation, no longer for everybody', api(allow()), api(organisation)],
    [
      'allows and denies less',
      api(allow(), outside('10.0.0.0/8'), allow({ Resource: 'execute-api:/b' }), {
        ...(outside('10.0.0.0/8') as JsonObject),
        Resource: 'execute-api:/b',
      }),
      api(allow(), outside('10.0.0.0/8')),
    ],
  ])('is nothing to look at that %s', (_what, before, after) => {
    expect(said(before, after)).toEqual([]);
  });

  it('that goes is told once', () => {
    const none = templateOf(REST, { Body: { paths: guarded } });
    expect(said(api(allow(), outside('10.0.0.0/8')), none)).toEqual([
      `protection (${REST}) is protected less: policy that limits access (${property}: set → none)`,
    ]);
    expect(said(none, api(allow(), outside('10.0.0.0/8')))).toEqual([]);
  });

  it('leaves routes open that it lets everybody through to', () => {
    const open = (...Statement: Json[]): string[] => {
      const { Door } = api(...Statement).Resources as { Door: { Properties: JsonObject } };
      const text = JSON.stringify(Door.Properties).replaceAll(/\\?"security\\?":\[[^\]]*\]\}?\]/g, (all) =>
        all.replace(/\[.*\]/, '[]'),
      );
      return said(NOTHING, templateOf(REST, JSON.parse(text) as JsonObject)).filter((each) =>
        each.includes('route GET /a'),
      );
    };
    expect(open(allow())).toHaveLength(1);
    expect(open(allow(), deny({ Bool: { 'aws:SecureTransport': 'false' } }))).toHaveLength(1);
    expect(open(allow(), deny({ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }))).toHaveLength(1);
    expect(open(allow(), outside('0.0.0.0/0'))).toHaveLength(1);
    expect(open(allow(), outside('10.0.0.0/8'))).toEqual([]);
    expect(open(organisation)).toEqual([]);
  });
});

const KEY = { type: 'apiKey', name: 'x-api-key', in: 'header' };
const AUTHORIZER = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authorizer': { type: 'token' },
};
const schemes: JsonObject = { mine: AUTHORIZER, api_key: KEY };

describe.each([
  [REST, { securityDefinitions: schemes }],
  [REST, { components: { securitySchemes: schemes } }],
  [HTTP, { components: { securitySchemes: schemes } }],
])('operations of %s', (type, definitions) => {
  const api = (operation: JsonObject, more: JsonObject = {}, beside: JsonObject = {}): Template =>
    templateOf(type, { Body: { ...definitions, ...more, paths: { '/a': { get: operation } } }, ...beside });
  const route = 'public is open to everybody: route GET /a without authorizer (Body)';
  const less = (what: string): string => `protection (${type}) is protected less: ${what}`;
  const at = 'Body.paths./a.get.security';
  const mine: JsonObject = { security: [{ mine: [] }] };
  const keyed = { security: [{ api_key: [] }] };
  const both: JsonObject = { security: [{ mine: [] }, { api_key: [] }] };
  const iam = { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } };

  it.each([
    ['lose their authorizer', api(mine), api({}), [route]],
    ['are left out of the default', api({}, mine), api({ security: [] }, mine), [route]],
    ['lose the default', api({}, mine), api({}), [route]],
    ['need not ask', api(mine), api({ security: [{ mine: [] }, {}] }), [route]],
    ['lose their key', api(keyed), api({}), [route]],
    [
      'are for everybody by name',
      api(mine),
      api({ ...mine, 'x-amazon-apigateway-auth': { type: 'NONE' } }),
      [route],
    ],
    ['are for everybody in short', api(mine), api({ ...mine, 'x-amazon-apigateway-auth': 'NONE' }), [route]],
    ['lose their signature', api(iam), api({}), [route]],
    ['lose their key beside an authorizer', api(both), api(mine), [less(`API key (${at}: api_key → none)`)]],
    ['lose their authorizer beside a key', api(both), api(keyed), [less(`authorizer (${at}: mine → none)`)]],
    [
      'lose what is behind their authorizer',
      api(mine),
      api(mine, { securityDefinitions: {}, components: { securitySchemes: { mine: { type: 'oauth2' } } } }),
      [less(`authorizer (${at}: mine → none)`)],
    ],
    [
      'lose their scopes',
      api({ security: [{ mine: ['read', 'write'] }] }),
      api(mine),
      [less(`scopes of authorization (${at}: read write → none)`)],
    ],
    [
      'have a key that an authorizer may know for them',
      api(keyed),
      api(keyed, { 'x-amazon-apigateway-api-key-source': 'AUTHORIZER' }),
      type === HTTP
        ? []
        : [
            less(
              'API key that the caller has to know (Body.x-amazon-apigateway-api-key-source: none → AUTHORIZER)',
            ),
          ],
    ],
    [
      'have another address again',
      api(mine, { 'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true } }),
      api(mine),
      [
        less(
          'default endpoint switched off (Body.x-amazon-apigateway-endpoint-configuration.disableExecuteApiEndpoint: true → none)',
        ),
      ],
    ],
  ])('that %s', (_what, before, after, cautions) => {
    expect(said(before, after)).toEqual(cautions);
    // The way back closes the door.
    expect(said(after, before)).toEqual([]);
    expect(said(after, after)).toEqual([]);
  });

  it('are nothing to look at where others guard them as well', () => {
    expect(said(api(mine), api(iam))).toEqual([]);
    expect(
      said(api(mine), api({ security: [{ other: [] }] }, { securityDefinitions: { other: AUTHORIZER } })),
    ).toEqual([]);
    expect(said(api(keyed), api({ ...keyed, 'x-amazon-apigateway-auth': { type: 'NONE' } }))).toEqual([]);
    expect(said(api(mine), api({}, mine))).toEqual([]);
    expect(said(api(both), templateOf(type, { Body: { paths: {} } }))).toEqual([]);
  });

  it('are told where a condition that is not decided may take their guard away', () => {
    const maybe = { 'Fn::If': ['Maybe', both, mine] };
    const conditions = { Conditions: { Maybe: { 'Fn::Equals': [{ 'Fn::ImportValue': 'x' }, 'y'] } } };
    const of = (operation: Json): Template => ({
      ...templateOf(type, { Body: { ...definitions, paths: { '/a': { get: operation } } } }),
      ...conditions,
    });
    expect(said(of(both), of(maybe))).toEqual([less(`API key (${at}: api_key → none)`)]);
    expect(said(of(maybe), of(mine))).toEqual([less(`API key (${at}: api_key → none)`)]);
    expect(said(of(mine), of(maybe))).toEqual([]);
  });

  it('are guarded less also where a policy limits who reaches them', () => {
    if (type === HTTP) return;
    const Policy = { Statement: [allow(), outside('10.0.0.0/8')] };
    expect(said(api(mine, {}, { Policy }), api({}, {}, { Policy }))).toEqual([
      less(`authorizer (${at}: mine → none)`),
    ]);
  });
});

it('a domain without its store of trusted certificates asks for none any more', () => {
  const mutual = (more: JsonObject): Template =>
    templateOf('AWS::ApiGatewayV2::DomainName', { DomainName: 'a', ...more });
  const trusting = mutual({ MutualTlsAuthentication: { TruststoreUri: 's3://bucket/trust.pem' } });
  for (const without of [mutual({}), mutual({ MutualTlsAuthentication: {} })]) {
    expect(said(trusting, without)).toEqual([
      'protection (AWS::ApiGatewayV2::DomainName) is protected less: mutual TLS (MutualTlsAuthentication.TruststoreUri: s3://bucket/trust.pem → none)',
    ]);
    expect(said(without, trusting)).toEqual([]);
  }
});
