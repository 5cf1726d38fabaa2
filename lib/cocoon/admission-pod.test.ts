import { expect, it } from 'vitest'
import { podCreationDenial } from './admission-pod.ts'
import type { Pod } from './kube-json.ts'

const OPERATOR = 'system:serviceaccount:cocoon-system:cocoon-operator'
const UNOWNED = 'cocoon pods must be managed by a CocoonSet'
const STRANGER = 'cocoon pods must be created by the CocoonSet controller, got user "mallory"'

const pod = (kind: string | null, namespace = 'n', key = 'virtual-kubelet.io/provider'): Pod => ({
  metadata: { namespace, ownerReferences: kind === null ? [] : [{ kind, name: 'web' }] },
  spec: { tolerations: [{ key }] },
})

it.each<[string, Pod, string, readonly string[] | undefined, string | null]>([
  ['the operator', pod('CocoonSet'), OPERATOR, undefined, null],
  ['an allowed user', pod('CocoonSet'), 'mallory', ['mallory'], null],
  ['a stranger', pod('CocoonSet'), 'mallory', undefined, STRANGER],
  ['the operator, when it is not listed', pod('CocoonSet'), 'mallory', [OPERATOR], STRANGER],
  ['the operator without an owner', pod(null), OPERATOR, undefined, UNOWNED],
  ['a Deployment', pod('ReplicaSet'), 'mallory', ['mallory'], UNOWNED],
  ['a stranger in an exempt namespace', pod(null, 'kube-system'), 'mallory', undefined, null],
  ['a pod for other nodes', pod(null, 'n', 'other'), 'mallory', undefined, null],
  ['a pod that says nothing', {}, 'mallory', undefined, null],
])('answers %s', (_, object, username, allowedCreators, denial) => {
  const creation = { pod: object, username, ...(allowedCreators ? { allowedCreators } : {}) }
  expect(podCreationDenial(creation)).toBe(denial)
})
