import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { configMap, idleSet, stream } from './support/manifests.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('apply')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cocoon-apply-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const apply = (stdin: string, more = '') => here.ok(`apply -f - ${more}`, { stdin })
const LAST = 'kubectl.kubernetes.io/last-applied-configuration'

describe('kubectl apply', () => {
  it('creates, leaves alone, and removes what is no longer given', async () => {
    expect(await apply(configMap('one', { a: '1', b: '2' }, { labels: { l: '1' } }))).toBe(
      'configmap/one created',
    )
    expect(await apply(configMap('one', { a: '1', b: '2' }, { labels: { l: '1' } }))).toBe(
      'configmap/one unchanged',
    )
    await here.ok(['patch', 'configmap', 'one', '--type=merge', '-p', '{"data":{"c":"3"}}'])
    expect(await apply(configMap('one', { a: '9' }))).toBe('configmap/one configured')
    const one = JSON.parse(await here.ok('get configmap one -o json'))
    expect(one.data).toEqual({ a: '9', c: '3' })
    expect(one.metadata.labels).toBeUndefined()
    expect(JSON.parse(one.metadata.annotations[LAST])).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { annotations: {}, name: 'one', namespace: here.name },
      data: { a: '9' },
    })
    expect(await here.ok('apply view-last-applied configmap one -o json')).toContain('"a": "9"')
  })

  it('does the same for a CocoonSet', async () => {
    expect(await apply(idleSet('one', { suspend: true }))).toBe(
      'cocoonset.cocoonset.cocoonstack.io/one created',
    )
    expect(await apply(idleSet('one', { suspend: true }))).toBe(
      'cocoonset.cocoonset.cocoonstack.io/one unchanged',
    )
    expect(await apply(idleSet('one', { snapshotPolicy: 'never' }))).toBe(
      'cocoonset.cocoonset.cocoonstack.io/one configured',
    )
    expect(await here.ok('get cocoonset one -o jsonpath={.spec.suspend},{.spec.snapshotPolicy}')).toBe(
      ',never',
    )
    expect(await apply(idleSet('one'))).toBe('cocoonset.cocoonset.cocoonstack.io/one configured')
    // The default of the schema comes back where the field was.
    expect(await here.ok('get cocoonset one -o jsonpath={.spec.snapshotPolicy}')).toBe('always')
  })

  it('adopts what was made otherwise, with a warning', async () => {
    await here.ok('create configmap other --from-literal=a=b')
    const { stdout, stderr } = await here.kubectl('apply -f -', { stdin: configMap('other', { a: 'c' }) })
    expect(stdout).toBe('configmap/other configured\n')
    expect(stderr).toMatch(
      /^Warning: resource configmaps\/other is missing the kubectl\.kubernetes\.io\/last-applied/,
    )
  })

  it('takes a folder, and a stream of documents', async () => {
    writeFileSync(join(folder, 'a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dir-a}\n')
    writeFileSync(join(folder, 'b.json'), configMap('dir-b'))
    writeFileSync(join(folder, 'c.txt'), 'neither')
    expect(await here.ok(['apply', '-f', folder])).toBe('configmap/dir-a created\nconfigmap/dir-b created')
    const documents = ['doc-a', 'doc-b'].map(
      (name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`,
    )
    expect(await apply(documents.join('---\n'))).toBe('configmap/doc-a created\nconfigmap/doc-b created')
    expect(await here.ok(['delete', '-f', folder])).toBe(
      'configmap "dir-a" deleted\nconfigmap "dir-b" deleted',
    )
  })

  it('prunes by label what is no longer given', async () => {
    const labels = { prune: 'me' }
    await apply(stream(configMap('keep', { a: '1' }, { labels }), configMap('drop', {}, { labels })))
    const said = await apply(
      configMap('keep', { a: '1' }, { labels }),
      '--prune -l prune=me --prune-allowlist=core/v1/ConfigMap',
    )
    expect(said).toBe('configmap/keep unchanged\nconfigmap/drop pruned')
  })

  it('asks the server without changing anything', async () => {
    await apply(configMap('dry', { a: '1' }))
    expect(await apply(configMap('dry', { a: '2' }), '--dry-run=server')).toBe(
      'configmap/dry configured (server dry run)',
    )
    expect(await here.ok('get configmap dry -o jsonpath={.data.a}')).toBe('1')
  })

  it('is told what is wrong with a change', async () => {
    await apply(idleSet('strict'))
    const wrong = idleSet('strict', { snapshotPolicy: 'sometimes' })
    expect(await here.refusal('apply -f -', { stdin: wrong })).toContain(
      'The CocoonSet "strict" is invalid: \n* spec.snapshotPolicy: Unsupported value: "sometimes": supported values: "always", "main-only", "never"',
    )
  })

  it("on the side of the server is the original's alone", async () => {
    const { code, stdout, stderr } = await here.kubectl('apply --server-side -f -', {
      stdin: configMap('server', { a: '1' }),
    })
    // A difference on purpose: the embedded cluster refuses the media type, as a server without the feature does.
    expect([code, stdout, stderr.startsWith('error: Server-side apply not available on the server')]).toEqual(
      inject('embedded') ? [1, '', true] : [0, 'configmap/server serverside-applied\n', false],
    )
  })
})

describe('kubectl diff', () => {
  it('shows what would change and ends with 1, or with 0 for nothing', async () => {
    await apply(configMap('diff', { a: '1', b: '2' }))
    expect(await here.kubectl('diff -f -', { stdin: configMap('diff', { a: '1', b: '2' }) })).toMatchObject({
      code: 0,
      stdout: '',
    })
    const { code, stdout } = await here.kubectl('diff -f -', { stdin: configMap('diff', { a: '9', b: '2' }) })
    expect(code).toBe(1)
    expect(stdout.split('\n').filter((line) => /^[-+] /.test(line))).toEqual(['-  a: "1"', '+  a: "9"'])
    expect(await here.ok('get configmap diff -o jsonpath={.data.a}')).toBe('1')
  })

  it('shows what would be made', async () => {
    const { code, stdout } = await here.kubectl('diff -f -', { stdin: idleSet('diff') })
    expect(code).toBe(1)
    expect(stdout).toContain('+kind: CocoonSet')
    expect(stdout).toContain('+    backend: cloud-hypervisor')
    expect(await here.ok('get cocoonset diff --ignore-not-found')).toBe('')
  })

  it('fails with the words of the server', async () => {
    const { code, stderr } = await here.kubectl('diff -f -', {
      stdin: idleSet('diff', { snapshotPolicy: 'no' }),
    })
    expect(code).toBe(2)
    expect(stderr).toContain('spec.snapshotPolicy: Unsupported value: "no"')
  })
})
