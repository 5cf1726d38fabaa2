import type { Call, Exchange, Theme } from '../exchange.ts'
import { MAPS, PODS, SETS, get, map, patch, pod, post, set, setup, single } from './requests.ts'

const MAP = `${MAPS}/$id`
const SET = `${SETS}/$id`
const POD = `${PODS}/$id`
const onMap = (name: string, ...steps: Call[]): Exchange =>
  single(name, setup(post(MAPS, map('$id'))), ...steps)
const onSet = (name: string, ...steps: Call[]): Exchange =>
  single(name, setup(post(SETS, set('$id'))), ...steps)
const onPod = (name: string, ...steps: Call[]): Exchange =>
  single(name, setup(post(PODS, pod('$id'))), ...steps)
/** A message that repeats the whole object: how it begins and ends. */
const ends = {
  only: (body: unknown) => {
    const { message, reason, code } = body as { message: string; reason: string; code: number }
    return {
      reason,
      code,
      start: message.slice(0, 33),
      end: /strict decoding.*|json: .*|unable .*|cannot .*|converting .*|no kind .*/.exec(message)?.[0],
    }
  },
}
const words = (type: 'merge' | 'json' | 'strategic' | 'apply', path: string, text: string) =>
  patch(type, path, undefined, { text: () => text })

export const patches: Theme = {
  name: 'patches',
  exchanges: [
    onMap(
      'merge patches',
      patch('merge', MAP, { data: { b: '2', a: null } }),
      patch('merge', MAP, { metadata: { labels: { x: 'y' } } }),
      patch('merge', MAP, {}),
      patch('merge', MAP, { data: null }),
    ),
    onSet(
      'merge patches of a set',
      patch('merge', SET, { spec: { nodePool: 'x' } }),
      patch('merge', SET, { spec: { toolboxes: [{ name: 't', image: 'i' }] } }),
      patch('merge', SET, {}),
      patch('merge', SET, { spec: { nodePool: null } }),
    ),
    onMap(
      'JSON patches',
      patch('json', MAP, [
        { op: 'add', path: '/data/b', value: '2' },
        { op: 'remove', path: '/data/a' },
      ]),
      patch('json', MAP, [
        { op: 'test', path: '/data/b', value: '2' },
        { op: 'copy', from: '/data/b', path: '/data/c' },
        { op: 'move', from: '/data/b', path: '/data/d' },
      ]),
      patch('json', MAP, []),
    ),
    onMap(
      'JSON patches that fail',
      patch('json', MAP, [{ op: 'test', path: '/data/a', value: 'other' }]),
      patch('json', MAP, [{ op: 'remove', path: '/data/none' }]),
      patch('json', MAP, [{ op: 'replace', path: '/none/none', value: 1 }]),
      patch('json', MAP, [{ op: 'add', path: '/none/none', value: 1 }]),
      patch('json', MAP, [{ op: 'nothing', path: '/data/a' }]),
      patch('json', MAP, [{ op: 'add', value: 1 }]),
      patch('json', MAP, [{ op: 'copy', from: '/none', path: '/data/x' }]),
      patch('json', MAP, { op: 'add' }),
      patch('json', MAP, [1]),
      patch('json', MAP, [{ op: 'add', path: 'data', value: 1 }]),
      get(MAP),
    ),
    onSet(
      'JSON patches of a set',
      patch('json', SET, [{ op: 'add', path: '/spec/nodePool', value: 'x' }]),
      patch('json', SET, [{ op: 'test', path: '/spec/nodePool', value: 'other' }]),
      patch('json', SET, [{ op: 'add', path: '/spec/toolboxes/-', value: { name: 't' } }]),
      patch('json', SET, [{ op: 'remove', path: '/spec/agent' }]),
    ),
    onPod(
      'strategic patches',
      patch('strategic', POD, { metadata: { labels: { a: 'b' } } }),
      patch('strategic', POD, { spec: { containers: [{ name: 'main', image: 'busybox:2' }] } }),
      patch('strategic', POD, { spec: { tolerations: [{ key: 'k', operator: 'Exists' }] } }),
      patch('strategic', POD, { metadata: { labels: { $patch: 'replace', c: 'd' } } }),
      patch('strategic', POD, { metadata: { finalizers: ['example.com/a'] } }),
      patch('strategic', POD, { metadata: { '$deleteFromPrimitiveList/finalizers': ['example.com/a'] } }),
    ),
    onPod(
      'strategic patches that fail',
      patch('strategic', POD, { spec: { containers: [{ image: 'x' }] } }),
      patch('strategic', POD, { spec: { containers: { name: 'x' } } }),
      patch('strategic', POD, { metadata: { labels: { $patch: 'nothing' } } }),
      patch('strategic', POD, { spec: 'x' }),
      patch(
        'strategic',
        POD,
        { spec: { containers: [{ name: 'second', image: 'x' }] } },
        {
          only: (body) => [
            (body as { reason: string }).reason,
            (body as { message: string }).message.slice(0, 120),
          ],
        },
      ),
    ),
    onSet('a strategic patch of a set', patch('strategic', SET, { spec: { nodePool: 'x' } })),
    onMap(
      'a patch of no known type',
      patch('merge', MAP, {}, { headers: { 'content-type': 'application/json' } }),
      patch('merge', MAP, {}, { headers: { 'content-type': 'text/plain' } }),
      patch('merge', MAP, {}, { headers: { 'content-type': '' } }),
      patch(
        'merge',
        MAP,
        { data: { z: '1' } },
        { headers: { 'content-type': 'application/merge-patch+json; charset=utf-8' } },
      ),
    ),
    onSet(
      'a patch of a set of no known type',
      patch('merge', SET, {}, { headers: { 'content-type': 'application/json' } }),
    ),
    onMap(
      'malformed patches',
      words('merge', MAP, '{"data"'),
      words('merge', MAP, '[]'),
      words('merge', MAP, '1'),
      words('merge', MAP, 'null'),
      words('merge', MAP, ''),
      words('json', MAP, '{"data"'),
      words('json', MAP, ''),
      words('strategic', MAP, '{"data"'),
      words('strategic', MAP, '[]'),
      words('strategic', MAP, ''),
    ),
    onSet(
      'malformed patches of a set',
      words('merge', SET, '{"data"'),
      words('merge', SET, '[]'),
      words('merge', SET, ''),
      words('json', SET, '[1'),
      words('merge', SET, '{"spec": 1}'),
      words('merge', SET, '{"metadata": 1}'),
    ),
    onMap(
      'patches of wrong types',
      patch('merge', MAP, { data: 'x' }, ends),
      patch('merge', MAP, { data: { a: 1 } }, ends),
      patch('merge', MAP, { metadata: { labels: [] } }, ends),
      patch('merge', MAP, { metadata: 'x' }, ends),
    ),
    onMap(
      'patches of what may not change',
      patch('merge', MAP, { metadata: { name: 'other' } }),
      patch('merge', MAP, { metadata: { namespace: 'other' } }),
      patch('merge', MAP, { metadata: { uid: '11111111-2222-3333-4444-555555555555' } }),
      patch('merge', MAP, { metadata: { creationTimestamp: '2020-01-01T00:00:00Z' } }),
      patch('merge', MAP, { kind: 'Pod' }, ends),
      patch('merge', MAP, { apiVersion: 'v2' }, ends),
      patch('merge', MAP, { metadata: { resourceVersion: '1' } }),
      patch('merge', MAP, {
        metadata: { deletionTimestamp: '2020-01-01T00:00:00Z', generation: 9, selfLink: '/x' },
      }),
    ),
    onSet(
      'patches of what may not change in a set',
      patch('merge', SET, { metadata: { name: 'other' } }),
      patch('merge', SET, { metadata: { resourceVersion: '1' } }),
      patch('merge', SET, { kind: 'Pod' }),
      patch('merge', SET, { metadata: { generation: 9 } }),
    ),
    single(
      'a patch of what is not there',
      patch('merge', MAP, { data: {} }),
      patch('json', MAP, []),
      patch('strategic', MAP, {}),
      patch('merge', SET, {}),
    ),
    onMap(
      'a dry patch',
      patch('merge', `${MAP}?dryRun=All`, { data: { z: '26' } }),
      get(MAP),
      patch('merge', `${MAP}?dryRun=x`, {}),
    ),
    onMap('force is for apply', patch('merge', `${MAP}?force=true`, { data: { z: '26' } })),
    onMap(
      'server-side apply',
      patch('apply', `${MAP}?fieldManager=me`, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: '$id' },
        data: { z: '26' },
      }),
    ),
    onSet(
      'server-side apply of a set',
      patch('apply', `${SET}?fieldManager=me`, set('$id', { nodePool: 'x' })),
    ),
    onSet(
      'a status patch',
      patch('merge', `${SET}/status`, { spec: { nodePool: 'x' }, status: { phase: 'Running' } }),
      get(SET),
      patch('merge', SET, { status: { phase: 'Failed' } }),
      patch('merge', `${SET}/status`, { status: { nothing: 1, phase: 'Pending' } }),
      patch('merge', `${SET}/status`, {
        metadata: { labels: { a: 'b' }, annotations: { c: 'd' }, finalizers: ['example.com/x'] },
      }),
    ),
    onPod(
      'a status patch of a pod',
      patch('strategic', `${POD}/status`, {
        status: {
          conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }],
        },
      }),
      patch('strategic', `${POD}/status`, {
        status: {
          conditions: [
            { type: 'Ready', status: 'False' },
            { type: 'Other', status: 'True' },
          ],
        },
      }),
      patch('merge', `${POD}/status`, { spec: { schedulerName: 'x' }, status: { phase: 'Running' } }),
    ),
    onMap(
      'names that are not names',
      patch('json', MAP, [{ op: 'add', path: '/data/constructor', value: 'y' }]),
      words('merge', MAP, '{"data": {"__proto__": "z", "toString": "w"}}'),
      patch('json', MAP, [{ op: 'add', path: '/metadata/annotations', value: { 'a~b/c~1d': 'e' } }]),
      get(MAP),
    ),
  ],
}
