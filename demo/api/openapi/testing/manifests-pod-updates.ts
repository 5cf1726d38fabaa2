import type { Fields, Manifest } from './manifest.ts'
import { MERGE, STRATEGIC, inNamespace, podOf } from './manifest.ts'

const PODS_PATH = inNamespace('pods')
const POD = podOf(
  {
    containers: [
      { name: 'a', image: 'i:1' },
      { name: 'b', image: 'j:1' },
    ],
    tolerations: [{ key: 'k', operator: 'Exists' }],
  },
  { name: 'u' },
)
const patched = (name: string, body: unknown, contentType = STRATEGIC): Manifest => ({
  name: `pod update: ${name}`,
  before: [[PODS_PATH, POD]],
  method: 'PATCH',
  path: `${PODS_PATH}/u?dryRun=All`,
  body,
  contentType,
})
const spec = (name: string, fields: Fields) => patched(name, { spec: fields })

/** What may change about a pod, and what may not. */
export const POD_UPDATES: readonly Manifest[] = [
  spec('image', { containers: [{ name: 'a', image: 'i:2' }] }),
  spec('empty image', { containers: [{ name: 'a', image: '' }] }),
  spec('container removed', { containers: [{ name: 'a', $patch: 'delete' }] }),
  spec('container added', { containers: [{ name: 'c', image: 'x' }] }),
  spec('deadline', { activeDeadlineSeconds: 5 }),
  spec('toleration added', {
    tolerations: [
      { key: 'k', operator: 'Exists' },
      { key: 'new', operator: 'Exists' },
    ],
  }),
  spec('toleration replaced', { tolerations: [{ key: 'j', operator: 'Exists' }] }),
  spec('scheduling gate added', { schedulingGates: [{ name: 'x.io/y' }] }),
  patched('labels and annotations', { metadata: { labels: { a: 'b' }, annotations: { c: 'd' } } }, MERGE),
  patched(
    'generation and uid',
    { metadata: { generation: 7, creationTimestamp: '2020-01-01T00:00:00Z' } },
    MERGE,
  ),
  patched('nothing', {}, MERGE),
  patched('status', { status: { phase: 'Failed' } }, MERGE),
  {
    ...patched(
      'status by its subresource',
      { status: { phase: 'Running', podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }] } },
      MERGE,
    ),
    path: `${PODS_PATH}/u/status?dryRun=All`,
  },
  {
    ...patched(
      'nonsense in the status',
      {
        status: { phase: 'Dancing', podIPs: [{ ip: 'x' }], conditions: [{ type: 'Ready', status: 'Maybe' }] },
      },
      MERGE,
    ),
    path: `${PODS_PATH}/u/status?dryRun=All`,
  },
]
