import { describe, expect, it } from 'vitest'
import { configMap, idlePod, idleSet } from './support/manifests.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('replace')

const replace = (object: unknown, more = '') => ({
  args: `replace -f - ${more}`,
  stdin: JSON.stringify(object),
})
const get = async (what: string) => JSON.parse(await here.ok(`get ${what} -o json`))

describe('kubectl replace', () => {
  it('puts the whole object, and only over the version it knows', async () => {
    await here.create(configMap('one', { a: '1', b: '2' }))
    const one = await get('configmap one')
    const put = replace({ ...one, data: { a: '9' } })
    expect(await here.ok(put.args, put)).toBe('configmap/one replaced')
    expect(await here.ok('get configmap one -o jsonpath={.data}')).toBe('{"a":"9"}')
    expect(await here.refusal(put.args, put)).toBe(
      'Error from server (Conflict): error when replacing "STDIN": Operation cannot be fulfilled on configmaps "one": the object has been modified; please apply your changes to the latest version and try again',
    )
  })

  it('puts without a version over any', async () => {
    await here.create(configMap('any', { a: '1' }))
    expect(await here.ok('replace -f -', { stdin: configMap('any', { a: '2' }) })).toBe(
      'configmap/any replaced',
    )
  })

  it('puts a CocoonSet over the version that is there', async () => {
    await here.create(idleSet('web', { suspend: true }))
    expect(await here.ok('replace -f -', { stdin: idleSet('web') })).toBe(
      'cocoonset.cocoonset.cocoonstack.io/web replaced',
    )
    expect(await here.ok('get cocoonset web -o jsonpath={.spec.suspend}')).toBe('')
  })

  it('does not make what is not there', async () => {
    expect(await here.refusal('replace -f -', { stdin: configMap('none') })).toBe(
      'Error from server (NotFound): error when replacing "STDIN": configmaps "none" not found',
    )
  })

  it('does not take one object for another of the same name', async () => {
    await here.create(configMap('twin'))
    const { metadata } = JSON.parse(configMap('twin'))
    const put = replace({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...metadata, uid: '00000000-0000-0000-0000-000000000000' },
    })
    expect(await here.refusal(put.args, put)).toMatch(
      /^Error from server \(Conflict\): error when replacing "STDIN": Operation cannot be fulfilled on configmaps "twin": StorageError: invalid object, Code: 4, .*Precondition failed: UID in precondition: 00000000-0000-0000-0000-000000000000, UID in object meta: /,
    )
  })

  it('by force is a new object', async () => {
    await here.create(configMap('forced', { a: '1' }))
    const before = await here.ok('get configmap forced -o jsonpath={.metadata.uid}')
    expect(await here.ok('replace --force -f -', { stdin: configMap('forced', { a: '2' }) })).toBe(
      'configmap "forced" deleted\nconfigmap/forced replaced',
    )
    expect(await here.ok('get configmap forced -o jsonpath={.metadata.uid}')).not.toBe(before)
  })

  it('keeps what nobody may change', async () => {
    await here.create(idlePod('fixed'))
    const pod = await get('pod fixed')
    const put = replace({ ...pod, spec: { ...pod.spec, nodeName: 'elsewhere' } })
    expect(await here.refusal(put.args, put)).toContain(
      'The Pod "fixed" is invalid: spec: Forbidden: pod updates may not change fields other than',
    )
  })
})

describe('kubectl edit', () => {
  const edit = (what: string, script: string) => ({
    args: `edit ${what}`,
    env: { EDITOR: `sed -i ${script}` },
  })

  it('saves what the editor leaves', async () => {
    await here.create(configMap('edited', { key: 'before' }))
    const session = edit('configmap edited', 's/before/after/')
    expect(await here.ok(session.args, session)).toBe('configmap/edited edited')
    expect(await here.ok('get configmap edited -o jsonpath={.data.key}')).toBe('after')
  })

  it('edits a CocoonSet', async () => {
    await here.create(idleSet('edited'))
    const session = edit('cocoonset edited', 's/snapshotPolicy:.*/snapshotPolicy:\\ never/')
    expect(await here.ok(session.args, session)).toBe('cocoonset.cocoonset.cocoonstack.io/edited edited')
    expect(await here.ok('get cocoonset edited -o jsonpath={.spec.snapshotPolicy}')).toBe('never')
  })

  it('saves nothing when nothing was changed', async () => {
    await here.create(configMap('untouched'))
    const { code, stderr } = await here.kubectl('edit configmap untouched', { env: { EDITOR: 'true' } })
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Edit cancelled, no changes made.\n' })
  })

  it('tells what is wrong with what was written', async () => {
    await here.create(idleSet('wrong'))
    const session = edit('cocoonset wrong', 's/snapshotPolicy:.*/snapshotPolicy:\\ no/')
    const said = await here.refusal(session.args, session)
    expect(said).toContain('error: cocoonsets.cocoonset.cocoonstack.io "wrong" is invalid\n')
    expect(said).toContain('error: Edit cancelled, no valid changes were saved.')
  })
})

describe('kubectl set', () => {
  it('changes the image of a pod', async () => {
    await here.create(idlePod('imaged'))
    expect(await here.ok('set image pod/imaged main=busybox:3')).toBe('pod/imaged image updated')
    expect(await here.ok('get pod imaged -o jsonpath={.spec.containers[0].image}')).toBe('busybox:3')
    expect(await here.refusal('set image pod/imaged nope=busybox:3')).toBe(
      'error: unable to find container named "nope"',
    )
  })

  it('changes nothing that pods keep', async () => {
    await here.create(idlePod('kept'))
    expect(await here.refusal('set env pod/kept A=1')).toContain(
      'error: failed to patch env update to pod template: Pod "kept" is invalid: spec: Forbidden: pod updates may not change fields other than',
    )
  })
})

describe('kubectl scale and rollout', () => {
  it('find nothing to scale in a CocoonSet', async () => {
    await here.create(idleSet('unscalable'))
    expect(await here.refusal('scale cocoonset unscalable --replicas=2')).toBe(
      'Error from server (NotFound): cocoonsets.cocoonset.cocoonstack.io "unscalable" not found',
    )
    expect(await here.refusal('scale cocoonset none --replicas=2')).toContain(
      ' cocoonsets.cocoonset.cocoonstack.io "none" not found',
    )
    expect(await here.refusal('autoscale cocoonset unscalable --max=2')).toContain(
      'error: cannot autoscale a CocoonSet: could not find scale subresource for cocoonset.cocoonstack.io/v1, Resource=cocoonsets',
    )
    expect(await here.refusal('rollout status cocoonset/unscalable')).toContain(
      'error: no kind "CocoonSet" is registered for version "cocoonset.cocoonstack.io/v1" in scheme',
    )
  })
})
