import type { Exchange, Step, Theme } from '../exchange.ts'
import {
  LEASES,
  MAPS,
  PODS,
  SETS,
  accept,
  del,
  get,
  map,
  patch,
  pod,
  post,
  set,
  setup,
  single,
} from './requests.ts'

const lease = (name: string, labels: Record<string, string> = {}) => ({ metadata: { name, labels } })
const keepList = setup(get(LEASES, { keep: { list: 'metadata.resourceVersion' } }))
const open = (query: string, accepted?: string): Step => ({
  watch: 'w',
  path: `${LEASES}?watch=true&${query}`,
  ...(accepted && { headers: { accept: accepted } }),
})
const frames = (count: number): Step => ({ from: 'w', frames: count })
const ends: Step = { ends: 'w' }
const alone = (name: string, ...steps: Step[]): Exchange => ({ name, alone: true, steps })
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io'
const PARTIAL = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io'
/** A life in three events. */
const life: Step[] = [
  setup(post(LEASES, lease('z'))),
  setup(patch('merge', `${LEASES}/z`, { metadata: { labels: { x: 'y' } } })),
  setup(del(`${LEASES}/z`)),
]
const INITIAL = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan'

export const watches: Theme = {
  name: 'watches',
  exchanges: [
    alone('from a version', keepList, open('resourceVersion=$list'), ...life, frames(3)),
    alone(
      'from the start',
      setup(post(LEASES, lease('a'))),
      setup(post(LEASES, lease('b'))),
      open(''),
      frames(2),
      ...life,
      frames(3),
    ),
    alone(
      'from 0',
      setup(post(LEASES, lease('a'))),
      open('resourceVersion=0'),
      frames(1),
      ...life,
      frames(3),
    ),
    alone('what happened meanwhile', keepList, ...life, open('resourceVersion=$list'), frames(3)),
    alone(
      'of sets',
      setup(get(SETS, { keep: { list: 'metadata.resourceVersion' } })),
      { watch: 'w', path: `${SETS}?watch=1&resourceVersion=$list` },
      setup(post(SETS, set('a'))),
      setup(patch('merge', `${SETS}/a/status`, { status: { phase: 'Running' } })),
      setup(del(`${SETS}/a`)),
      frames(3),
    ),
    alone('until its time is over', open('timeoutSeconds=1'), ends),
    alone(
      'until its time is over, with bookmarks',
      setup(post(LEASES, lease('a'))),
      open('timeoutSeconds=3&allowWatchBookmarks=true'),
      frames(1),
    ),
    alone(
      'with its initial state',
      setup(post(LEASES, lease('a'))),
      setup(post(LEASES, lease('b'))),
      open(`${INITIAL}&allowWatchBookmarks=true`),
      frames(3),
      ...life,
      frames(3),
    ),
    alone(
      'with its initial state, without bookmarks',
      setup(post(LEASES, lease('a'))),
      open(INITIAL),
      frames(1),
      ...life,
      frames(3),
    ),
    alone('with its initial state, empty', open(`${INITIAL}&allowWatchBookmarks=true`), frames(1)),
    alone(
      'with its initial state, of sets',
      setup(post(SETS, set('a'))),
      { watch: 'w', path: `${SETS}?watch=1&${INITIAL}&allowWatchBookmarks=true` },
      frames(2),
    ),
    alone(
      'with its initial state, from a version',
      setup(post(LEASES, lease('a'), { keep: { rv: 'metadata.resourceVersion' } })),
      open(`${INITIAL}&allowWatchBookmarks=true&resourceVersion=$rv`),
      frames(2),
    ),
    alone(
      'with its initial state, from 0',
      setup(post(LEASES, lease('a'))),
      open(`${INITIAL}&allowWatchBookmarks=true&resourceVersion=0`),
      frames(2),
    ),
    alone(
      'without its initial state',
      setup(post(LEASES, lease('a'))),
      open('sendInitialEvents=false&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'),
      ...life,
      frames(3),
    ),
    alone(
      'with its initial state, as a table',
      setup(post(LEASES, lease('a'))),
      open(`${INITIAL}&allowWatchBookmarks=true`, TABLE),
      frames(2),
    ),
    alone(
      'with its initial state, as metadata',
      setup(post(LEASES, lease('a'))),
      open(`${INITIAL}&allowWatchBookmarks=true`, PARTIAL),
      frames(2),
    ),
    single(
      'with parameters that cannot go together',
      ...[
        'sendInitialEvents=true',
        'sendInitialEvents=true&resourceVersionMatch=Exact',
        'resourceVersionMatch=NotOlderThan',
        'resourceVersionMatch=Exact&resourceVersion=1',
        'resourceVersionMatch=Nothing',
        'sendInitialEvents=false',
        'resourceVersion=x',
        'resourceVersion=-1',
        'timeoutSeconds=x',
        'labelSelector=!!',
        'fieldSelector=nothing%3Dx',
        `${INITIAL}&continue=x`,
        'limit=1&resourceVersion=x',
      ].map((query) => get(`${LEASES}?watch=true&${query}`)),
    ),
    single(
      'of sets, with parameters that cannot go together',
      ...['sendInitialEvents=true', 'resourceVersion=x', 'fieldSelector=spec.nodePool%3Dx'].map((query) =>
        get(`${SETS}?watch=true&${query}`),
      ),
    ),
    // Of a custom resource: those of the core may remember everything since the cluster's first hour.
    single(
      'from a version that is too old',
      { watch: 'w', path: `${SETS}?watch=true&resourceVersion=1` },
      ends,
    ),
    single(
      'from a version that is not reached yet, with its initial state',
      {
        watch: 'w',
        path: `${LEASES}?watch=true&${INITIAL}&allowWatchBookmarks=true&resourceVersion=999999999999`,
      },
      ends,
    ),
    alone(
      'from a version that is not reached yet',
      open('resourceVersion=999999999999&timeoutSeconds=1'),
      ends,
    ),
    alone('as tables', setup(post(LEASES, lease('a'))), open('', TABLE), frames(1), ...life, frames(3)),
    alone(
      'as tables without objects',
      setup(post(LEASES, lease('a'))),
      open('includeObject=None', TABLE),
      frames(1),
    ),
    alone('as metadata', setup(post(LEASES, lease('a'))), open('', PARTIAL), frames(1), ...life, frames(3)),
    alone(
      'as tables, of sets',
      setup(post(SETS, set('a'))),
      { watch: 'w', path: `${SETS}?watch=1`, headers: { accept: TABLE } },
      frames(1),
    ),
    alone(
      'as something else',
      get(`${LEASES}?watch=true`, accept('text/plain')),
      get(`${LEASES}?watch=true`, accept('application/yaml')),
    ),
    alone(
      'as a stream',
      {
        watch: 'w',
        path: `${LEASES}?watch=true&timeoutSeconds=1`,
        headers: { accept: 'application/json;stream=watch' },
      },
      ends,
    ),
    single(
      'an error in a table watch',
      { watch: 'w', path: `${SETS}?watch=true&resourceVersion=1`, headers: { accept: TABLE } },
      ends,
    ),
    alone(
      'of one name',
      setup(post(LEASES, lease('a'))),
      setup(post(LEASES, lease('b'))),
      open('fieldSelector=metadata.name%3Db'),
      frames(1),
      setup(patch('merge', `${LEASES}/a`, { metadata: { labels: { x: 'y' } } })),
      setup(patch('merge', `${LEASES}/b`, { metadata: { labels: { x: 'y' } } })),
      frames(1),
    ),
    alone(
      'of one object by its path',
      setup(post(LEASES, lease('a'))),
      get(`${LEASES}/a?watch=true&timeoutSeconds=1`),
    ),
    alone(
      'of a selection that objects enter and leave',
      keepList,
      open('resourceVersion=$list&labelSelector=x%3Dy'),
      setup(post(LEASES, lease('a'))),
      setup(patch('merge', `${LEASES}/a`, { metadata: { labels: { x: 'y' } } })),
      setup(patch('merge', `${LEASES}/a`, { metadata: { labels: { more: 'z' } } })),
      setup(patch('merge', `${LEASES}/a`, { metadata: { labels: { x: 'n' } } })),
      setup(patch('merge', `${LEASES}/a`, { metadata: { labels: { x: 'y' } } })),
      setup(del(`${LEASES}/a`)),
      frames(5),
    ),
    alone(
      'of pods by node',
      setup(get(PODS, { keep: { list: 'metadata.resourceVersion' } })),
      { watch: 'w', path: `${PODS}?watch=1&resourceVersion=$list&fieldSelector=spec.nodeName%3Dnode-x` },
      setup(
        post(PODS, {
          metadata: { name: 'a' },
          spec: { schedulerName: 'nobody', containers: [{ name: 'c', image: 'i' }] },
        }),
      ),
      setup(post(`${PODS}/a/binding`, { metadata: { name: 'a' }, target: { kind: 'Node', name: 'node-x' } })),
      setup(del(`${PODS}/a`, { gracePeriodSeconds: 0 })),
      { from: 'w', frames: 3 },
    ),
    alone(
      'the end of a pod on a node',
      setup(
        post(
          PODS,
          {
            metadata: { name: 'a' },
            spec: { schedulerName: 'nobody', nodeName: 'node-x', containers: [{ name: 'c', image: 'i' }] },
          },
          { keep: { rv: 'metadata.resourceVersion' } },
        ),
      ),
      { watch: 'w', path: `${PODS}?watch=1&resourceVersion=$rv` },
      setup(del(`${PODS}/a`)),
      setup(del(`${PODS}/a`, { gracePeriodSeconds: 0 })),
      frames(3),
    ),
    alone(
      'the end of a pod that runs nowhere',
      setup(post(PODS, pod('a'), { keep: { rv: 'metadata.resourceVersion' } })),
      { watch: 'w', path: `${PODS}?watch=1&resourceVersion=$rv` },
      del(`${PODS}/a`),
      frames(2),
    ),
    alone(
      'the end of an object with a finalizer',
      setup(
        post(MAPS, map('a', { metadata: { finalizers: ['example.com/wait'] } }), {
          keep: { rv: 'metadata.resourceVersion' },
        }),
      ),
      { watch: 'w', path: `${MAPS}?watch=1&resourceVersion=$rv` },
      setup(del(`${MAPS}/a`)),
      setup(patch('merge', `${MAPS}/a`, { metadata: { finalizers: null } })),
      frames(2),
    ),
    alone(
      'an update that changes nothing is not told',
      setup(post(MAPS, map('a'), { keep: { rv: 'metadata.resourceVersion' } })),
      { watch: 'w', path: `${MAPS}?watch=1&resourceVersion=$rv&fieldSelector=metadata.name%3Da` },
      setup(patch('merge', `${MAPS}/a`, {})),
      setup(patch('merge', `${MAPS}/a`, { data: { z: '1' } })),
      frames(1),
    ),
    alone(
      'the older path of a watch',
      setup(post(MAPS, map('a'))),
      { watch: 'w', path: '/api/v1/watch/namespaces/$ns/configmaps?fieldSelector=metadata.name%3Da' },
      frames(1),
    ),
    alone(
      'the older path of a watch of one object',
      setup(post(MAPS, map('a'))),
      { watch: 'w', path: '/api/v1/watch/namespaces/$ns/configmaps/a' },
      frames(1),
    ),
    alone('of a resource that there is not', get('/api/v1/namespaces/$ns/nothings?watch=true')),
    alone(
      'across namespaces',
      setup(
        get('/apis/coordination.k8s.io/v1/leases?limit=1', { keep: { list: 'metadata.resourceVersion' } }),
      ),
      {
        watch: 'w',
        path: '/apis/coordination.k8s.io/v1/leases?watch=1&resourceVersion=$list&labelSelector=across%3D$id',
      },
      setup(post(LEASES, lease('a', { across: '$id' }))),
      frames(1),
    ),
  ],
}
