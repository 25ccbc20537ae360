/** Mapping templates: what they write, as Velocity and Java do. */
import { describe, expect, it } from '@jest/globals';
import { renderTemplate } from '../../../src/local/http-api/rest/vtl/engine.ts';
import { fromJson } from '../../../src/local/http-api/rest/vtl/java.ts';
import { prepare } from '../../../src/local/http-api/rest/vtl/prepare.ts';
import { templateVariables } from '../../../src/local/http-api/rest/vtl/variables.ts';

const REQUEST = {
  id: 'r',
  method: 'POST',
  path: '/orders/a%20b',
  query: 'page=2',
  headers: [
    ['X-Who', 'me'],
    ['Content-Type', 'application/json'],
  ],
  body: Buffer.from(''),
  sourceIp: '127.0.0.1',
  time: new Date(0),
  parameters: { id: 'a%20b' },
  account: '123456789012',
  region: 'us-east-1',
  route: {
    api: {
      kind: 'rest',
      logicalId: 'Api',
      stage: 'v1',
      stageVariables: { color: 'blue' },
      binaryMediaTypes: [],
    },
    method: 'POST',
    path: '/orders/{id}',
    target: { kind: 'unsupported', reason: '' },
    payloadVersion: '1.0',
  },
} as const;

const written = (template: string, body: unknown = {}): string => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { variables } = templateVariables({ request: REQUEST, authorizer: { principalId: 'p' }, body: text });
  return renderTemplate(template, variables);
};

describe('$input', () => {
  it.each([
    ["$input.json('$')", { a: [1, null] }, '{"a":[1,null]}'],
    ["$input.json('$.a')", { a: 'x' }, '"x"'],
    ["$input.json('$.b')", { a: 'x' }, '""'],
    ["$input.path('$.b')|", {}, '|'],
    ["$input.path('$.a[0].b')", { a: [{ b: 7 }] }, '7'],
    ["$input.path('$.a')", { a: [{ b: 7 }] }, '[{"b":7}]'],
    ["$input.path('$')", { a: 1, b: [{ c: 'd' }], e: { f: 'g' } }, '{a=1, b=[{"c":"d"}], e={f=g}}'],
    ["$input.path('$.a').size()", { a: [1, 2, 3] }, '3'],
    [
      '#foreach($each in $input.path("$.a"))$each.b#if($foreach.hasNext),#end#end',
      { a: [{ b: 1 }, { b: 2 }] },
      '1,2',
    ],
    ['$input.body', 'no JSON', 'no JSON'],
    ['$input.body', '', '{}'],
    ["$input.json('$')", 'no JSON', '"no JSON"'],
    ["$input.json('$')", '', '{}'],
    [
      "$input.params('id') $input.params('page') $input.params('x-who')|$input.params('none')|",
      {},
      'a b 2 me||',
    ],
    [
      '#foreach($type in $input.params().keySet())$type:#foreach($name in $input.params().get($type).keySet())$name;#end#end',
      {},
      'path:id;querystring:page;header:X-Who;Content-Type;',
    ],
  ])('%s of %j', (template, body, expected) => {
    expect(written(template, body)).toBe(expected);
  });
});

describe('$util, $context and $stageVariables', () => {
  it.each([
    [
      "$util.escapeJavaScript($input.path('$.a'))",
      { a: `it's "a/b"\n\u00e9` },
      `it\\'s \\"a\\/b\\"\\n\\u00E9`,
    ],
    ["$util.base64Encode('a b')$util.base64Decode('YSBi')", {}, 'YSBia b'],
    ["$util.urlEncode('a b&c~')$util.urlDecode('a+b%26')", {}, 'a+b%26c%7Ea b&'],
    ['#set($o = $util.parseJson(\'{"a":{"b":[1,2]}}\'))$o.a.b[1]', {}, '2'],
    [
      '$context.httpMethod $context.stage $context.resourcePath $context.authorizer.principalId',
      {},
      'POST v1 /orders/{id} p',
    ],
    [
      '$context.identity.sourceIp $stageVariables.color $stageVariables.get("color")',
      {},
      '127.0.0.1 blue blue',
    ],
  ])('%s', (template, body, expected) => {
    expect(written(template, body)).toBe(expected);
  });
});

/** Source: LocalStack's `test_input_path_template_formatting` and `test_input_body_formatting`, which were run at AWS. */
describe('what was seen at AWS', () => {
  const nothing = (path: string) =>
    `#set($result = $input.path("${path}")){"body": $result, "nested": $result.nested, "isNull": #if( $result == $null )"true"#else"false"#end, "isEmptyString": #if( $result == "" )"true"#else"false"#end}`;
  const isNothing = '{"body": , "nested": , "isNull": "true", "isEmptyString": "true"}';
  it.each([
    ['', nothing('$.none'), isNothing],
    [{ list: null }, nothing('$.list'), isNothing],
    [
      { list: [] },
      nothing('$.list'),
      '{"body": [], "nested": , "isNull": "false", "isEmptyString": "false"}',
    ],
    [{ json: { foo: [{ nested: 'bar' }] } }, '$input.path("$.json")', '{foo=[{"nested":"bar"}]}'],
    [{ json: [[{ foo: 'bar' }]] }, '#set($result = $input.path("$.json"))$result[0]', '[{"foo":"bar"}]'],
    [{ some: 'value' }, '#set($result = $input.body.testAccess)$result', ''],
    [
      { some: 'value' },
      'Body=$util.urlEncode($input.body)&Access=$util.urlEncode($input.body.testAccess)',
      'Body=%7B%22some%22%3A%22value%22%7D&Access=',
    ],
  ])('of %j: %s', (body, template, expected) => {
    expect(written(template, body === '' ? '' : JSON.stringify(body))).toBe(expected);
  });
});

describe('the language', () => {
  it.each([
    // Of what leads to nothing, API Gateway writes nothing.
    ['[$none $none.a ${none} $!none|$!{none}]', '[   |]'],
    ['#set($m = {"a": "b"})$m.get("a") $m.a $m.containsKey("c") $m', 'b b false {a=b}'],
    ['#set($l = [])#set($done = $l.add("x"))$l.size() $l.isEmpty() $l', '1 false [x]'],
    ['#set($l = ["b","a"])$l.contains("a") $l.indexOf("a") $l.get(0)', 'true 1 b'],
    ['#set($q = 7 / 2)$q #set($q = 7 % 2)$q #set($q = 1 + 2 * 3)$q', '3 1 7'],
    ['#foreach($i in [1..5])#if($i == 3)#break#{end}$i#end#foreach($i in [7..8])$i#end', '1278'],
    ['#if("a" == "b")1#elseif(2 > 1 && !false)2#{else}3#end', '2'],
    ['#macro(twice $x)$x$x#end#twice("a")', 'aa'],
    ['#define($block)hi $who#end#set($who = "me")$block', 'hi me'],
    ['## a line\na #* a block *#b', 'a b'],
    [
      String.raw`#set($s = "a.b.c")$s.replaceAll("\.", "-") $s.replace(".", "$") $s.split("\.").size()`,
      'a-b-c a$b$c 3',
    ],
    [
      '#set($s = " Ab ")$s.trim().toLowerCase() $s.length() $s.contains("A") $s.trim().substring(1)',
      'ab 4 true b',
    ],
    [
      '#set($s = "ab1")$s.matches("[a-z]+") $s.matches("[a-z]+1") $s.equalsIgnoreCase("AB1")',
      'false true true',
    ],
    // What follows is what Velocity 2.4.1 writes, but for what leads to nothing.
    ['#set($q = 7 / 2.0)$q #set($q = 4.0 / 2)$q #set($q = -7 / 2)$q #set($q = 7 / 0)$q', '3.5 2.0 -3 '],
    [
      '#set($x = $none + 1)$x #set($y = "a" + $none)$y #set($z = "5" + 1)$z #set($z = "5" * 2)$z',
      ' a 51 10.0',
    ],
    ['#set($l = [])#if($l)1#{else}2#end#if(!$l)3#end#if($l || false)4#end#if("")5#end#if(0)6#end', '23'],
    ['#set($m = {})#if($m)1#{else}2#end#if($none)3#{else}4#end#if("a" && 1)5#end', '245'],
    ['#set($l = [])#foreach($i in $l)$i#{else}none#end#foreach($i in [1, 2])$i#else none#end', 'none12'],
    ['#set($l = [])#foreach($i in [1..2])#foreach($j in $l)$j#{else}#if($i == 1)a#{else}b#end#end#end', 'ab'],
    [
      '#foreach($i in [1..3])$foreach.first$foreach.last$foreach.count;#end',
      'truefalse1;falsefalse2;falsetrue3;',
    ],
    ['#foreach($i in [1..2])#foreach($j in [1..2])$foreach.parent.index#end#end', '0011'],
    ['#set($m = {"a": 1})#foreach($v in $m)$v#end $v #foreach($e in $m.entrySet())$e $e.key#end', '1  a=1 a'],
    ['#foreach($i in [1..3])$i#if($foreach.last)#break#end,#end.', '1,2,3.'],
    [`#set($x = "a""b""")$x #set($y = 'it''s')$y #set($z = "")[$z] "" ''`, `a"b" it's [] "" ''`],
    ['#set($m = {"a": 1})#set($x = "$m.get(""a"") and ""$m.a""")$x', '1 and "1"'],
    ['a#stop b', 'a'],
    ['#macro(box)<$!bodyContent>#end#@box()in#end #endless', '<in> #endless'],
    ['a#{stop}b', 'a'],
    ['#foreach($i in [1..3])$i#if($i == 2)#stop#end#end after', '12'],
    ['## #stop ""\n#stopper #* #stop *#a', '#stopper a'],
    ['#set($s = "abc")$s.equals("abc") $s.contains("b") $s.compareTo("abd") $s.length', 'true true -1 3'],
    ['#set($l = [3, 1])$l.equals([3, 1]) $l.contains("1") $l.add(4) $l', 'true false true [3, 1, 4]'],
    [
      '#set($a = [1])#set($b = [1])#if($a == $b)1#end#if("1.0" == 1)2#end#if(3 > "2")3#end#if("b" > "a")4#end',
      '123',
    ],
    ['#{if}(true)a#{elseif}(true)b#{end}#evaluate("$none.a #if(true)c#end")', 'a c'],
    [
      '#if($none.size() > 0)a#{else}b#end #12 (open) #fff("$none") #none("a""b")',
      'b #12 (open) #fff("") #none("a""b")',
    ],
    // Dollars that begin no reference, also before one, and in texts.
    ['$5 $ ${ $! $$ #set($x = "a")$$x $', '$5 $ ${ $! $$ $a $'],
    ['#set($s = "$5")$s.contains("$") $s.length() "$5"', 'true 2 "$5"'],
    // Java has no such method.
    ['#set($s = "a")$s.padEnd(3)', '$s.padEnd(3)'],
  ])('%s', (template, expected) => {
    expect(written(template)).toBe(expected);
  });

  it.each([
    '#if(true)a',
    'a#end',
    '#parse("a")',
    '#include("a")',
    '#set($in = 1)',
    '#set($x = $y.get($z - 1))',
  ])('refuses %s', (template) => {
    expect(() => written(template)).toThrow();
  });

  it.each([
    ['(?x)A', 'Invalid group'],
    ['a++', 'Nothing to repeat'],
    ['\\Aa', 'JavaScript has no \\A'],
    ['\\p{Alpha}', 'JavaScript has no \\p'],
    ['[a-z&&[^b]]', 'JavaScript has no [a-z&&'],
    ['a)|(b', "Unmatched ')'"],
  ])('says why it cannot match %s as Java does', (regex, why) => {
    const says = `the regular expression ${regex} is Java's own, and cannot be run here: ${why}`;
    for (const call of [`matches('${regex}')`, `replaceAll('${regex}', '')`, `split('${regex}')`])
      expect(() => written(`#set($s = "a")$s.${call}`)).toThrow(says);
  });

  it('takes flags that begin an expression, and ends a line where Java does', () => {
    const calls = ['a.B', '(?s)a.B', '(?is)a.b', 'a\\nB'].map((regex) => `$s.matches('${regex}')`);
    expect(
      written(`#set($s = $input.path('$.s'))${calls.join(' ')} $s.replaceAll('(?i)b', 'c')`, { s: 'a\nB' }),
    ).toBe('false true true true a\nc');
  });

  it('matches what both languages do alike, with backslashes that stand for themselves', () => {
    expect(written("#set($s = 'a\\Ab')$s.matches('a\\\\A\\w') $s.replaceAll('\\W', '')")).toBe('true aAb');
  });

  it('takes as many turns of a loop as API Gateway does', () => {
    const loop = (end: number, inner = '') => written(`#foreach($i in [1..${end}])${inner}.#end`);
    expect(loop(1000)).toHaveLength(1000);
    expect(loop(1001, '#if($foreach.count == 3)#break#end')).toBe('..');
    expect(() => loop(1001)).toThrow('a #foreach has more turns than 1000, the most at AWS');
  });

  // It reads all that follows for each of them: 50,000 took 18 seconds.
  it('leaves no dollars to the library that begin no reference', () => {
    expect(prepare('$$ $5 ${ $x', new Set())).toMatch(/^[^$]+\$x$/);
  });

  it('changes nothing but its own variables', () => {
    const input = fromJson({ a: { b: 1 } });
    renderTemplate(
      '#set($x.a = 1)#set($done = $m.put("__proto__", "x"))#set($m.constructor.prototype.y = 1)',
      {
        x: input,
        m: {},
      },
    );
    expect(Object.hasOwn(Object.prototype, 'y')).toBe(false);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});
