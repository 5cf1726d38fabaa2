import { describe, expect, it } from 'vitest'
import { configMap, idlePod, stream } from './support/manifests.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('delete')

/** A ConfigMap that belongs to another one. */
async function owned(name: string, owner: string, blocks = true): Promise<void> {
  const uid = await here.ok(`get configmap ${owner} -o jsonpath={.metadata.uid}`)
  const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: owner, uid, blockOwnerDeletion: blocks }
  await here.create(
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ownerReferences: [reference] } }),
  )
}
const gone = (what: string) => here.ok(`wait --for=delete ${what} --timeout=30s`)
const left = (what: string) => here.ok(`get ${what} --ignore-not-found -o name`)
const HELD = { finalizers: ['example.com/hold'] }
const release = (what: string) =>
  here.ok(['patch', ...what.split('/'), '--type=merge', '-p', '{"metadata":{"finalizers":null}}'])

describe('kubectl delete', () => {
  it('takes names', async () => {
    await here.create(stream(configMap('a'), configMap('b'), configMap('c')))
    expect(await here.ok('delete configmap a b')).toBe('configmap "a" deleted\nconfigmap "b" deleted')
    expect(await here.ok('delete configmap/c')).toBe('configmap "c" deleted')
    expect(await left('configmap a b c')).toBe('')
  })

  it('takes a selector of labels or fields', async () => {
    const labels = { g: '1' }
    await here.create(stream(configMap('d', {}, { labels }), configMap('e', {}, { labels }), configMap('f')))
    expect(await here.ok('delete configmap -l g=1')).toBe('configmap "d" deleted\nconfigmap "e" deleted')
    expect(await here.ok('delete configmap --field-selector metadata.name=f')).toBe('configmap "f" deleted')
    expect(await here.ok('delete configmap -l g=1')).toBe('No resources found')
  })

  it('takes a manifest', async () => {
    await here.create(configMap('g'))
    expect(await here.ok('delete -f -', { stdin: configMap('g') })).toBe('configmap "g" deleted')
    expect(await here.refusal('delete -f -', { stdin: configMap('g') })).toBe(
      'Error from server (NotFound): error when deleting "STDIN": configmaps "g" not found',
    )
  })

  it('takes all of a kind', async () => {
    await here.create(stream(idlePod('h'), idlePod('i')))
    expect(await here.ok('delete pods --all')).toBe('pod "h" deleted\npod "i" deleted')
    expect(await left('pods')).toBe('')
  })

  it('takes a pod now, by force, or with patience', async () => {
    await here.create(stream(idlePod('j'), idlePod('k'), idlePod('l'), idlePod('m')))
    expect(await here.ok('delete pod j --now')).toBe('pod "j" deleted')
    expect(await here.kubectl('delete pod k --force')).toEqual({
      code: 0,
      stdout: 'pod "k" force deleted\n',
      stderr:
        'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
    })
    expect(await here.ok('delete pod l --wait=false')).toBe('pod "l" deleted')
    expect(await here.ok('delete pod m --grace-period=5')).toBe('pod "m" deleted')
    expect(await left('pods')).toBe('')
  })

  it('takes nothing in a dry run', async () => {
    await here.create(configMap('dry'))
    expect(await here.ok('delete configmap dry --dry-run=server')).toBe(
      'configmap "dry" deleted (server dry run)',
    )
    expect(await left('configmap dry')).toBe('configmap/dry')
  })

  it.concurrent.for<[args: string, complaint: string]>([
    ['pod zz', 'Error from server (NotFound): pods "zz" not found'],
    ['cocoonset zz', 'Error from server (NotFound): cocoonsets.cocoonset.cocoonstack.io "zz" not found'],
    ['namespace zz-none', 'Error from server (NotFound): namespaces "zz-none" not found'],
    ['configmap', 'error: resource(s) were provided, but no name was specified'],
    ['configmap x -l a=b', 'error: name cannot be provided when a selector is specified'],
    ['nosuch x', 'error: the server doesn\'t have a resource type "nosuch"'],
    [
      'componentstatus zz',
      'Error from server (MethodNotAllowed): the server does not allow this method on the requested resource',
    ],
  ])('refuses %s', async ([args, complaint]) => {
    // Before it, kubectl warns of a namespace that does not matter.
    expect((await here.refusal(`delete ${args}`)).split('\n').at(-1)).toBe(complaint)
  })

  it('does not mind what is gone already, when told so', async () => {
    expect(await here.ok('delete pod zz --ignore-not-found')).toBe('')
  })
})

describe('a finalizer', () => {
  it('holds what is being deleted', async () => {
    await here.create(configMap('held', {}, HELD))
    expect(await here.ok('delete configmap held --wait=false')).toBe('configmap "held" deleted')
    const stamp = await here.ok('get configmap held -o jsonpath={.metadata.deletionTimestamp}')
    expect(stamp).toMatch(/^\d{4}-/)
    await here.ok('delete configmap held --wait=false')
    expect(await here.ok('get configmap held -o jsonpath={.metadata.deletionTimestamp}')).toBe(stamp)
    const late = here.refusal([
      'patch',
      'configmap',
      'held',
      '--type=merge',
      '-p',
      '{"metadata":{"finalizers":["example.com/hold","example.com/late"]}}',
    ])
    expect(await late).toContain(
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/late"}',
    )
    const waiting = here.start('delete configmap held')
    await expect.poll(waiting.stdout, { timeout: 20_000 }).toBe('configmap "held" deleted\n')
    await release('configmap/held')
    expect((await waiting.ended).code).toBe(0)
    expect(await left('configmap held')).toBe('')
  })

  it('is waited for until the patience ends', async () => {
    await here.create(configMap('stubborn', {}, HELD))
    expect(await here.refusal('delete configmap stubborn --timeout=1s')).toBe(
      'error: timed out waiting for the condition on configmaps/stubborn',
    )
    await release('configmap/stubborn')
    await gone('configmap/stubborn')
  })
})

describe('what belongs to what is deleted', () => {
  it('goes after it, in the background', async () => {
    await here.create(configMap('parent-b'))
    await owned('child-b', 'parent-b')
    expect(await here.ok('delete configmap parent-b --cascade=background')).toBe(
      'configmap "parent-b" deleted',
    )
    expect(await left('configmap parent-b')).toBe('')
    expect(await gone('configmap/child-b')).toMatch(/^(configmap\/child-b condition met)?$/)
  })

  it('goes before it, in the foreground', async () => {
    await here.create(configMap('parent-f'))
    await owned('child-f', 'parent-f')
    await here.ok(['patch', 'configmap', 'child-f', '--type=merge', '-p', JSON.stringify({ metadata: HELD })])
    await here.ok('delete configmap parent-f --cascade=foreground --wait=false')
    expect(await here.ok('get configmap parent-f -o jsonpath={.metadata.finalizers}')).toBe(
      '["foregroundDeletion"]',
    )
    await here.ok('wait configmap/child-f --for=jsonpath={.metadata.deletionTimestamp} --timeout=30s')
    expect(await left('configmap parent-f')).toBe('configmap/parent-f')
    await release('configmap/child-f')
    await gone('configmap/child-f')
    await gone('configmap/parent-f')
  })

  it('stays behind as an orphan', async () => {
    await here.create(configMap('parent-o'))
    await owned('child-o', 'parent-o')
    expect(await here.ok('delete configmap parent-o --cascade=orphan')).toBe('configmap "parent-o" deleted')
    expect(await here.ok('get configmap child-o -o jsonpath={.metadata.ownerReferences}')).toBe('')
  })
})

describe('a stale namespace', () => {
  it('takes all it holds with it', async () => {
    const name = `${here.name}-inner`
    await here.ok(`create namespace ${name}`)
    await here.ok('create configmap inside', { namespace: name })
    expect(await here.ok(`delete namespace ${name}`)).toBe(`namespace "${name}" deleted`)
    expect(await here.refusal('get configmap inside', { namespace: name })).toBe(
      'Error from server (NotFound): namespaces "' + name + '" not found',
    )
  })
})
