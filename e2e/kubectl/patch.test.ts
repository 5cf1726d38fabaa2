import { beforeAll, describe, expect, it } from 'vitest'
import { idlePod, idleSet } from './support/manifests.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('patch')
beforeAll(async () => {
  await here.create(idlePod('a', { labels: { one: '1' } }))
  await here.create(idleSet('web'))
})

const patch = (what: string, type: string, body: unknown, ...more: string[]) => [
  'patch',
  ...what.split(' '),
  `--type=${type}`,
  '-p',
  typeof body === 'string' ? body : JSON.stringify(body),
  ...more,
]
const labels = (value: Record<string, string | null>) => ({ metadata: { labels: value } })
const CORE_FIELDS =
  'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'

describe('kubectl patch', () => {
  it.for<[type: string, body: unknown]>([
    ['strategic', labels({ strategic: 'yes' })],
    ['merge', labels({ merge: 'yes' })],
    ['json', [{ op: 'add', path: '/metadata/labels/json', value: 'yes' }]],
  ])('%s changes a pod', async ([type, body]) => {
    expect(await here.ok(patch('pod a', type, body))).toBe('pod/a patched')
    expect(await here.ok(patch('pod a', type, body))).toBe('pod/a patched (no change)')
    expect(await here.ok(`get pod a -o jsonpath={.metadata.labels.${type}}`)).toBe('yes')
  })

  it('takes every operation of a JSON patch', async () => {
    await here.ok(patch('pod a', 'merge', labels({ from: '1', gone: '1' })))
    const steps = [
      { op: 'test', path: '/metadata/labels/from', value: '1' },
      { op: 'copy', from: '/metadata/labels/from', path: '/metadata/labels/copied' },
      { op: 'move', from: '/metadata/labels/from', path: '/metadata/labels/moved' },
      { op: 'replace', path: '/metadata/labels/moved', value: '2' },
      { op: 'remove', path: '/metadata/labels/gone' },
    ]
    await here.ok(patch('pod a', 'json', steps))
    const after = JSON.parse(await here.ok('get pod a -o jsonpath={.metadata.labels}'))
    expect(after).toMatchObject({ copied: '1', moved: '2' })
    expect(after).not.toHaveProperty('from')
    expect(after).not.toHaveProperty('gone')
  })

  it('merges containers by name, strategically', async () => {
    await here.ok(
      patch('pod a', 'strategic', { spec: { containers: [{ name: 'main', image: 'busybox:2' }] } }),
    )
    expect(await here.ok('get pod a -o jsonpath={.spec.containers[*].image}')).toBe('busybox:2')
  })

  it('patches the status by its own door', async () => {
    const status = { status: { phase: 'Running', message: 'by hand' } }
    expect(await here.ok(patch('pod a', 'merge', status, '--subresource=status'))).toBe('pod/a patched')
    expect(await here.ok('get pod a -o jsonpath={.status.phase}/{.status.message}')).toBe('Running/by hand')
    await here.ok(patch('pod a', 'merge', { status: { message: 'by the wrong door' } }))
    expect(await here.ok('get pod a -o jsonpath={.status.message}')).toBe('by hand')
  })

  it('changes a CocoonSet and counts its generation', async () => {
    const before = Number(await here.ok('get cocoonset web -o jsonpath={.metadata.generation}'))
    expect(await here.ok(patch('cocoonset web', 'merge', { spec: { suspend: true } }))).toBe(
      'cocoonset.cocoonset.cocoonstack.io/web patched',
    )
    expect(await here.ok(patch('cocoonset web', 'merge', { spec: { suspend: true } }))).toBe(
      'cocoonset.cocoonset.cocoonstack.io/web patched (no change)',
    )
    await here.ok(patch('cocoonset web', 'merge', labels({ l: '1' })))
    await here.ok(patch('cocoonset web', 'json', [{ op: 'remove', path: '/spec/suspend' }]))
    expect(Number(await here.ok('get cocoonset web -o jsonpath={.metadata.generation}'))).toBe(before + 2)
  })

  it.concurrent.for<[what: string, args: string[], complaint: string]>([
    [
      'strategic for a custom resource',
      patch('cocoonset web', 'strategic', {}),
      'error: application/strategic-merge-patch+json is not supported by cocoonset.cocoonstack.io/v1, Kind=CocoonSet: the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json',
    ],
    [
      'a type of its own',
      patch('pod a', 'strange', {}),
      'error: --type must be one of [json merge strategic], not "strange"',
    ],
    ['what is not there', patch('pod zz', 'merge', {}), 'Error from server (NotFound): pods "zz" not found'],
    [
      'a path that is not there',
      patch('pod a', 'json', [{ op: 'remove', path: '/metadata/labels/nope' }]),
      'The request is invalid: the server rejected our request due to an error in our request',
    ],
    [
      'a failed test',
      patch('pod a', 'json', [{ op: 'test', path: '/metadata/labels/one', value: '9' }]),
      'The request is invalid: the server rejected our request due to an error in our request',
    ],
    [
      'an unknown operation',
      patch('pod a', 'json', [{ op: 'frob', path: '/a' }]),
      'The request is invalid: the server rejected our request due to an error in our request',
    ],
    [
      'an object for a list of operations',
      patch('pod a', 'json', { a: 1 }),
      'Error from server (BadRequest): error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    ],
    [
      'a text for an object',
      patch('pod a', 'strategic', 'nojson'),
      'Error from server (BadRequest): json: cannot unmarshal string into Go value of type map[string]interface {}',
    ],
    [
      'a list for an object',
      patch('pod a', 'strategic', '[]'),
      'Error from server (BadRequest): json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [
      'a number for a label',
      patch('pod a', 'strategic', { metadata: { labels: { q: 5 } } }),
      'The request is invalid: patch: Invalid value: "map[metadata:map[labels:map[q:5]]]": cannot convert int64 to string',
    ],
    [
      'another name',
      patch('pod a', 'merge', { metadata: { name: 'b' } }),
      'Error from server (BadRequest): the name of the object (b) does not match the name on the URL (a)',
    ],
    [
      'a field of a pod that never changes',
      patch('pod a', 'strategic', { spec: { nodeName: 'zz' } }),
      `The Pod "a" is invalid: ${CORE_FIELDS}`,
    ],
    [
      'a stale version',
      patch('pod a', 'merge', { metadata: { resourceVersion: '1', labels: { x: 'y' } } }),
      'Error from server (Conflict): Operation cannot be fulfilled on pods "a": the object has been modified; please apply your changes to the latest version and try again',
    ],
    [
      'another uid',
      patch('pod a', 'merge', {
        metadata: { uid: '00000000-0000-0000-0000-000000000000', labels: { x: 'y' } },
      }),
      'The Pod "a" is invalid: metadata.uid: Invalid value: "00000000-0000-0000-0000-000000000000": field is immutable',
    ],
    [
      'a word outside the enum',
      patch('cocoonset web', 'merge', { spec: { snapshotPolicy: 'no' } }),
      'The CocoonSet "web" is invalid: \n* spec.snapshotPolicy: Unsupported value: "no": supported values: "always", "main-only", "never"',
    ],
    [
      'nothing where something must be',
      patch('cocoonset web', 'merge', { spec: { agent: { image: null } } }),
      'The CocoonSet "web" is invalid: \n* spec.agent.image: Required value',
    ],
    [
      'a change that the rules forbid',
      patch('cocoonset web', 'merge', { spec: { hibernatePolicy: 'release', agent: { replicas: 1 } } }),
      'The CocoonSet "web" is invalid: spec: Invalid value: hibernatePolicy=release requires agent.replicas=0 and no toolboxes',
    ],
    [
      'a reference that the webhook denies',
      patch('cocoonset web', 'merge', { spec: { agent: { mode: 'clone', image: 'Not:A:Repo' } } }),
      'Error from server (Forbidden): admission webhook "cocoonsets.validate.cocoonstack.io" denied the request: cocoon-webhook: invalid CocoonSet spec: ',
    ],
  ])('refuses %s', async ([, args, complaint]) => {
    expect((await here.refusal(args)).slice(0, complaint.length)).toBe(complaint)
  })

  it('warns of a field that is not there', async () => {
    expect(await here.kubectl(patch('pod a', 'strategic', { spec: { nosuch: 5 } }))).toEqual({
      code: 0,
      stdout: 'pod/a patched (no change)\n',
      stderr: 'Warning: unknown field "spec.nosuch"\n',
    })
  })
})

describe('what a rule makes immutable', () => {
  it('stays once it is set', async () => {
    await here.ok(patch('cocoonset web', 'merge', { spec: { snapshotCompatibilityClass: 'v1' } }))
    for (const value of ['v2', null]) {
      const change = patch('cocoonset web', 'merge', { spec: { snapshotCompatibilityClass: value } })
      expect(await here.refusal(change)).toBe(
        'The CocoonSet "web" is invalid: spec: Invalid value: snapshotCompatibilityClass is immutable once set',
      )
    }
  })

  it('is the pod of a hibernation', async () => {
    const spec = { podRef: { name: 'nobody' }, desire: 'Wake' }
    const kind = { apiVersion: 'cocoonset.cocoonstack.io/v1', kind: 'CocoonHibernation' }
    await here.create(JSON.stringify({ ...kind, metadata: { name: 'nobody' }, spec }))
    const change = patch('ch nobody', 'merge', { spec: { podRef: { name: 'somebody' } } })
    expect(await here.refusal(change)).toContain('spec.podRef is immutable')
    expect(await here.ok(patch('ch nobody', 'merge', { spec: { desire: 'Hibernate' } }))).toBe(
      'cocoonhibernation.cocoonset.cocoonstack.io/nobody patched',
    )
  })
})
