import type { Call, Method, Theme } from '../exchange.ts'
import { MAPS, NS, PODS, SETS, get, map, pod, post, set, setup, single } from './requests.ts'

const raw = (
  path: string,
  text: string | Buffer,
  type = 'application/json',
  method: Method = 'POST',
): Call => ({ method, path: `${path}?dryRun=All`, text: () => text, headers: { 'content-type': type } })
const rawSet = (spec: string) =>
  raw(
    SETS,
    `{"apiVersion":"cocoonset.cocoonstack.io/v1","kind":"CocoonSet","metadata":{"name":"$id"},"spec":${spec}}`,
  )
const rawMap = (data: string) =>
  raw(MAPS, `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"$id"},"data":${data}}`)
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const head = (text: string, length = 300) => ({
  only: (body: unknown) =>
    typeof body === 'object' && body && 'message' in body
      ? { ...body, message: String(body.message).slice(0, length) }
      : text,
})

export const hostile: Theme = {
  name: 'hostile',
  exchanges: [
    single(
      'malformed JSON',
      ...[
        '',
        ' ',
        '{',
        '{"a":}',
        'null',
        '1',
        '"x"',
        '[]',
        '{}',
        '{"metadata":{"name":"a"}} x',
        '{"metadata":{"name":"a",}}',
        "{'a':1}",
        '\uFEFF{}',
        '{"a":1',
      ].flatMap((text) => [raw(MAPS, text), raw(SETS, text)]),
    ),
    single(
      'malformed updates',
      ...['', '{', '[]'].map((text) => raw(`${MAPS}/$id`, text, 'application/json', 'PUT')),
    ),
    single(
      'YAML',
      raw(
        MAPS,
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: $id\ndata:\n  a: "1"\n',
        'application/yaml',
      ),
      raw(
        SETS,
        'apiVersion: cocoonset.cocoonstack.io/v1\nkind: CocoonSet\nmetadata:\n  name: $id\nspec:\n  agent:\n    image: i\n',
        'application/yaml',
      ),
      raw(MAPS, '{"metadata":{"name":"$id"}}', 'application/yaml'),
    ),
    single(
      'malformed YAML',
      ...[
        'a: b: c',
        '- a',
        ': :',
        'a: [1',
        '\tx: 1',
        'a: 1\na: 2\nmetadata: {name: $id}',
        '---\n---\n',
        'a: &x 1\nb: *y',
        '',
      ].flatMap((text) => [raw(MAPS, text, 'application/yaml'), raw(SETS, text, 'application/yaml')]),
    ),
    single(
      'malformed protobuf',
      raw(MAPS, Buffer.from('k8s\0nonsense'), 'application/vnd.kubernetes.protobuf'),
      raw(MAPS, 'nonsense', 'application/vnd.kubernetes.protobuf'),
      raw(MAPS, '', 'application/vnd.kubernetes.protobuf'),
    ),
    single(
      'unknown types of content',
      ...[
        'text/plain',
        'application/xml',
        'nonsense',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/json; charset=utf-8',
        'application/merge-patch+json',
        'application/cbor',
      ].flatMap((type) => [
        raw(MAPS, '{"metadata":{"name":"$id"}}', type),
        raw(
          SETS,
          '{"apiVersion":"cocoonset.cocoonstack.io/v1","kind":"CocoonSet","metadata":{"name":"$id"},"spec":{"agent":{"image":"i"}}}',
          type,
        ),
      ]),
    ),
    single(
      'no type of content',
      { method: 'POST', path: `${MAPS}?dryRun=All`, text: () => '{"metadata":{"name":"$id"}}' },
      {
        method: 'POST',
        path: `${SETS}?dryRun=All`,
        text: () =>
          '{"kind":"CocoonSet","apiVersion":"cocoonset.cocoonstack.io/v1","metadata":{"name":"$id"},"spec":{"agent":{"image":"i"}}}',
      },
    ),
    single(
      'wrong types of metadata',
      ...[
        '"x"',
        '[]',
        '1',
        'null',
        '{"name":1}',
        '{"name":"$id","labels":[]}',
        '{"name":"$id","labels":{"a":1}}',
        '{"name":"$id","labels":{"a":null}}',
        '{"name":"$id","annotations":"x"}',
        '{"name":"$id","finalizers":"x"}',
        '{"name":"$id","finalizers":[1]}',
        '{"name":"$id","ownerReferences":{}}',
        '{"name":"$id","creationTimestamp":"yesterday"}',
        '{"name":"$id","generation":"x"}',
        '{"name":"$id","deletionGracePeriodSeconds":"x"}',
        '{"name":"$id","uid":1}',
        '{"name":"$id","labels":null,"annotations":null}',
      ].flatMap((metadata) => [
        raw(MAPS, `{"apiVersion":"v1","kind":"ConfigMap","metadata":${metadata}}`),
        raw(
          SETS,
          `{"apiVersion":"cocoonset.cocoonstack.io/v1","kind":"CocoonSet","metadata":${metadata},"spec":{"agent":{"image":"i"}}}`,
        ),
      ]),
    ),
    single(
      'wrong types of a built-in kind',
      rawMap('[]'),
      rawMap('"x"'),
      rawMap('{"a":{}}'),
      rawMap('{"a":null}'),
      rawMap('{"a":true}'),
      raw(MAPS, '{"metadata":{"name":"$id"},"kind":1}'),
      raw(MAPS, '{"metadata":{"name":"$id"},"apiVersion":1}'),
      raw(MAPS, '{"metadata":{"name":"$id"},"immutable":"x"}'),
      raw(MAPS, '{"metadata":{"name":"$id"},"binaryData":{"a":"***"}}'),
      raw(SETS, '{"metadata":{"name":"$id"},"kind":1}'),
      raw(SETS, '{"metadata":{"name":"$id"},"apiVersion":1}'),
    ),
    single(
      'wrong types of a pod',
      ...[
        '"x"',
        '{"containers":{}}',
        '{"containers":[1]}',
        '{"containers":[{"name":1}]}',
        '{"containers":[{"name":"a","image":"b","ports":[{"containerPort":"x"}]}]}',
        '{"containers":[{"name":"a","image":"b","resources":{"requests":{"cpu":"x"}}}]}',
        '{"containers":[{"name":"a","image":"b","env":[{"name":"A","value":1}]}]}',
        '{"terminationGracePeriodSeconds":"x"}',
        '{"hostNetwork":"x"}',
      ].map((spec) => raw(PODS, `{"metadata":{"name":"$id"},"spec":${spec}}`)),
    ),
    single(
      'duplicate keys',
      rawMap('{"a":"1","a":"2"}'),
      rawSet('{"agent":{"image":"i","image":"j"}}'),
      { ...rawMap('{"a":"1","a":"2"}'), path: `${MAPS}?dryRun=All&fieldValidation=Strict` },
      { ...rawSet('{"agent":{"image":"i","image":"j"}}'), path: `${SETS}?dryRun=All&fieldValidation=Strict` },
      { ...rawSet('{"agent":{"image":"i","image":"j"}}'), path: `${SETS}?dryRun=All&fieldValidation=Ignore` },
    ),
    single(
      'unknown fields',
      ...[
        '',
        '&fieldValidation=Ignore',
        '&fieldValidation=Warn',
        '&fieldValidation=Strict',
        '&fieldValidation=Nothing',
      ].flatMap((query) => [
        post(`${MAPS}?dryRun=All${query}`, map('$id', { nothing: 1, metadata: { nothing: 2 } })),
        post(`${SETS}?dryRun=All${query}`, set('$id', { nothing: 1 }, { nothing: 2 })),
        post(
          `${PODS}?dryRun=All${query}`,
          pod('$id', { spec: { containers: [{ name: 'a', image: 'b', nothing: 1 }], nothing: 2 } }),
        ),
      ]),
    ),
    single(
      'other cases of keys',
      raw(MAPS, '{"APIVERSION":"v1","Kind":"ConfigMap","Metadata":{"Name":"$id"},"Data":{"a":"1"}}'),
      raw(
        SETS,
        '{"apiVersion":"cocoonset.cocoonstack.io/v1","kind":"CocoonSet","metadata":{"name":"$id"},"Spec":{"agent":{"image":"i"}}}',
      ),
    ),
    single(
      'keys with a meaning elsewhere',
      rawMap('{"__proto__":"x","constructor":"y","toString":"z"}'),
      rawSet('{"agent":{"image":"i"},"__proto__":{"agent":{"image":"j"}},"constructor":1}'),
      raw(
        MAPS,
        '{"metadata":{"name":"$id","labels":{"__proto__":"x","constructor":"y"},"annotations":{"toString":"z"}}}',
      ),
    ),
    single(
      'odd texts',
      rawMap('{"a":"\\u0000"}'),
      rawMap('{"a":"\\ud800"}'),
      raw(
        MAPS,
        Buffer.concat([
          Buffer.from('{"metadata":{"name":"a"},"data":{"a":"'),
          Buffer.from([0xff, 0xfe]),
          Buffer.from('"}}'),
        ]),
      ),
      raw(
        SETS,
        Buffer.concat([
          Buffer.from(
            '{"apiVersion":"cocoonset.cocoonstack.io/v1","kind":"CocoonSet","metadata":{"name":"a"},"spec":{"agent":{"image":"',
          ),
          Buffer.from([0xff, 0xfe]),
          Buffer.from('"}}}'),
        ]),
      ),
      rawMap('{"a":"ü \\u2028 😀 <b>&"}'),
      rawSet('{"agent":{"image":"ü \\u2028 😀 <b>&"}}'),
    ),
    single(
      'odd numbers',
      rawSet('{"agent":{"image":"i","replicas":1e1}}'),
      rawSet('{"agent":{"image":"i","replicas":2.0}}'),
      rawSet('{"agent":{"image":"i","replicas":99999999999}}'),
      rawSet('{"agent":{"image":"i","replicas":1e999}}'),
      rawSet('{"agent":{"image":"i","replicas":99999999999999999999}}'),
      rawSet('{"agent":{"image":"i","replicas":-0}}'),
      rawSet('{"agent":{"image":"i","replicas":01}}'),
    ),
    single(
      'deep nesting',
      { ...rawSet(nested(9_000)), ...head('') },
      { ...rawSet(nested(20_000)), ...head('') },
      { ...rawMap(nested(20_000)), ...head('') },
    ),
    single(
      'too large',
      raw(MAPS, `{"metadata":{"name":"$id"},"data":{"a":"${'x'.repeat(3_200_000)}"}}`),
      raw(SETS, `{"spec":"${'x'.repeat(3_200_000)}"}`),
      raw(`${MAPS}/$id`, `{"data":"${'x'.repeat(3_200_000)}"}`, 'application/merge-patch+json', 'PATCH'),
      {
        method: 'DELETE',
        path: `${MAPS}/$id`,
        text: () => 'x'.repeat(3_200_000),
        headers: { 'content-type': 'application/json' },
      },
    ),
    single(
      'large, but not too large',
      raw(
        SETS,
        `{"apiVersion":"cocoonset.cocoonstack.io/v1","kind":"CocoonSet","metadata":{"name":"$id"},"spec":{"agent":{"image":"i"},"unknown":"${'x'.repeat(2_000_000)}"}}`,
      ),
    ),
    single(
      'odd paths',
      get('/api/v1/namespaces/../nodes/x'),
      get('/api/v1/namespaces/a%2fb/pods'),
      get('//api/v1/nodes/x'),
      get('/api//v1/nodes/x'),
      get('/api/v1/namespaces/$ns/configmaps/a%2Fb'),
      get(`/api/v1/namespaces/$ns/configmaps/${'x'.repeat(300)}`),
      get('/api/v1/namespaces/$ns/configmaps/UPPER'),
      get('/api/v1/namespaces/$ns/configmaps/.'),
      get('/api/v1/namespaces/$ns/configmaps/..'),
      get('/apis/cocoonset.cocoonstack.io/v1/namespaces/$ns/cocoonsets/..'),
      get('/api/v1/namespaces/$ns/configmaps/a/b/c'),
      get('/api/v1/namespaces/$ns/configmaps/', { only: (body) => (body as { kind: string }).kind }),
      get('/api/v1/namespaces/UPPER/pods', { only: (body) => (body as { kind: string }).kind }),
    ),
    single(
      'percent signs',
      setup(post(MAPS, map('$id'))),
      get(`${NS}/%63onfigmaps/$id`),
      get(`${NS}/configmaps/$id?resourceVersion=%30`),
      get(`${NS}/configmaps?labelSelector=%zz`, { only: (body) => (body as { kind: string }).kind }),
    ),
    single(
      'the root',
      get('/', { only: (body) => typeof body }),
      get('/index.html', { only: (body) => Object.keys(body as object) }),
      get('/favicon.ico'),
      get('/metrics/nothing'),
      get('/api/'),
      get('/api/v1/', { only: (body) => (body as { kind: string }).kind }),
    ),
    single(
      'odd headers',
      get(NS, { headers: { 'x-http-method-override': 'DELETE' } }),
      get(NS, { headers: { 'if-none-match': '*' } }),
      get(NS, { headers: { 'if-modified-since': 'Thu, 01 Jan 2037 00:00:00 GMT' } }),
      get(NS, { headers: { range: 'bytes=0-1' } }),
    ),
    single('a body where none is read', {
      method: 'GET',
      path: NS,
      text: () => '{"a":1}',
      headers: { 'content-type': 'application/json' },
    }),
  ],
}
