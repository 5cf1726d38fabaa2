import { beforeAll, describe, expect, inject, it } from 'vitest'
import { requestsTold } from './support/kubectl.ts'
import { configMap, idlePod, idleSet, stream } from './support/manifests.ts'
import { cells } from './support/table.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('get')
beforeAll(async () => {
  await here.create(
    stream(
      idlePod('a', { labels: { app: 'x', tier: '1' } }),
      idlePod('b', { labels: { app: 'x', tier: '2' } }),
      idlePod('c', { labels: { app: 'y', tier: '3' } }),
      configMap('settings', { a: '1', b: '2' }),
    ),
  )
  await here.create(idleSet('web', { agent: { image: 'ubuntu:24.04', mode: 'run', replicas: 2 } }))
})

/** The table without its ages, which only the clock knows. */
const rows = async (args: string) => cells((await here.ok(args)).replaceAll(/ \d+s\b/g, ' AGO'))

describe('kubectl get', () => {
  it('prints pods', async () => {
    expect(await rows('get pods a b')).toEqual([
      ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
      ['a', '0/1', 'Pending', '0', 'AGO'],
      ['b', '0/1', 'Pending', '0', 'AGO'],
    ])
  })

  it('prints pods wider', async () => {
    const none = '<none>'
    expect(await rows('get pod a -o wide')).toEqual([
      ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'],
      ['a', '0/1', 'Pending', '0', 'AGO', none, none, none, none],
    ])
  })

  it('prints CocoonSets by the columns of their definition', async () => {
    await here.ok('wait cocoonset/web --for=jsonpath={.status.phase}=Pending --timeout=30s')
    expect(await rows('get cocoonset')).toEqual([
      ['NAME', 'PHASE', 'READY', 'DESIRED', 'AGE'],
      ['web', 'Pending', '0', '3', 'AGO'],
    ])
    expect((await rows('get cocoon')).at(-1)?.[0]).toBe('cocoonset.cocoonset.cocoonstack.io/web')
  })

  it('prints several kinds, each with its own columns', async () => {
    expect(await here.ok('get cocoonset/web configmap/settings pod/c -o name')).toBe(
      'cocoonset.cocoonset.cocoonstack.io/web\nconfigmap/settings\npod/c',
    )
    const text = await here.ok('get cocoonset,pods')
    expect(text).toMatch(/^NAME +PHASE +READY/)
    expect(text).toMatch(/\nNAME +READY +STATUS/)
    expect(text).toMatch(/\ncocoonset\.cocoonset\.cocoonstack\.io\/web /)
    expect(text).toMatch(/\npod\/a /)
  })

  it('leaves `cs` to what has had it for longer', async () => {
    const { stderr } = await here.kubectl('get cs')
    expect(stderr).toContain(
      'Warning: short name "cs" could also match lower priority resource cocoonsets.cocoonset.cocoonstack.io',
    )
    expect(stderr).toContain('Warning: v1 ComponentStatus is deprecated in v1.19+')
  })

  it('prints what belongs to `all`', async () => {
    const all = await here.ok('get all -o name')
    expect(all).toContain('pod/a')
    expect(all).not.toContain('configmap')
    expect(all).not.toContain('cocoonset')
  })

  it.for<[args: string, text: string]>([
    ['pods -o name -l app', 'pod/a\npod/b\npod/c'],
    ['pod a -o jsonpath={.metadata.labels}', '{"app":"x","tier":"1"}'],
    ['pod a -o jsonpath={.spec.containers[0].image}', 'busybox:1'],
    ['pod a -o jsonpath={.metadata.labels.none}', ''],
    ['pods -l app=x -o jsonpath={.items[*].metadata.name}', 'a b'],
    ['pods -l app=x -o jsonpath={range.items[*]}{.metadata.name}={.metadata.labels.tier};{end}', 'a=1;b=2;'],
    ['pods -l app=x -o go-template={{range.items}}{{.metadata.name}};{{end}}', 'a;b;'],
    ['pods -l app=x -o custom-columns=N:.metadata.name,T:.metadata.labels.tier', 'N     T\na     1\nb     2'],
    [
      'pods -l app=x --no-headers -o custom-columns=N:.metadata.name,S:.spec.none',
      'a     <none>\nb     <none>',
    ],
    ['configmap settings -o jsonpath={.data}', '{"a":"1","b":"2"}'],
    [
      'cocoonset web -o jsonpath={.spec.agent.image},{.spec.agent.os},{.spec.snapshotPolicy}',
      'ubuntu:24.04,linux,always',
    ],
    ['pod zz --ignore-not-found', ''],
  ])('%s', async ([args, text]) => {
    expect(await here.ok(`get ${args}`)).toBe(text)
  })

  it('prints YAML of the same object', async () => {
    const yaml = await here.ok('get configmap settings -o yaml')
    expect(yaml).toMatch(
      /^apiVersion: v1\ndata:\n {2}a: "1"\n {2}b: "2"\nkind: ConfigMap\nmetadata:\n {2}creationTimestamp: "/,
    )
    expect(yaml).not.toContain('managedFields')
  })

  // A difference on purpose: without server-side apply, nobody needs to know who wrote which field.
  it.skipIf(inject('embedded'))('prints who wrote it when asked', async () => {
    const { metadata } = JSON.parse(await here.ok('get configmap settings -o json --show-managed-fields'))
    expect(metadata.managedFields).toEqual([
      {
        apiVersion: 'v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { '.': {}, 'f:a': {}, 'f:b': {} } },
        manager: 'kubectl-create',
        operation: 'Update',
        time: metadata.creationTimestamp,
      },
    ])
  })

  it('adds labels as columns', async () => {
    expect((await rows('get pod a --show-labels')).at(-1)?.at(-1)).toBe('app=x,tier=1')
    expect(await rows('get pod a -L app,tier')).toEqual([
      ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'APP', 'TIER'],
      ['a', '0/1', 'Pending', '0', 'AGO', 'x', '1'],
    ])
  })

  it('prints the rest although one is missing', async () => {
    const { code, stdout, stderr } = await here.kubectl('get pods a zz -o name')
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: 'pod/a\n',
      stderr: 'Error from server (NotFound): pods "zz" not found\n',
    })
  })

  it('says that there is nothing', async () => {
    expect((await here.kubectl('get jobs')).stderr).toBe(`No resources found in ${here.name} namespace.\n`)
    expect(await here.refusal('get nosuch')).toBe('error: the server doesn\'t have a resource type "nosuch"')
  })
})

describe('kubectl get of pages', () => {
  it('asks for the next until there is none', async () => {
    const { stdout, stderr } = await here.kubectl('get pods -l app -o name --chunk-size=2 -v=6')
    expect(stdout).toBe('pod/a\npod/b\npod/c\n')
    const [first, second, ...more] = requestsTold(stderr).filter((path) => path.includes('/pods?'))
    expect(first).toMatch(/\/pods\?labelSelector=app&limit=2$/)
    expect(second).toMatch(/\/pods\?continue=[\w-]+&labelSelector=app&limit=2$/)
    expect(more).toEqual([])
  })

  it('covers all namespaces', async () => {
    const all = cells(await here.ok('get pods -A --chunk-size=2'))
    expect(all[0]?.[0]).toBe('NAMESPACE')
    expect(all.filter(([namespace]) => namespace === here.name).map(([, name]) => name)).toEqual(
      expect.arrayContaining(['a', 'b', 'c']),
    )
  })

  it('is sorted by a field', async () => {
    const names = async (by: string) =>
      (await here.ok(`get pods -l app --no-headers --sort-by=${by}`)).match(/^\w+/gm)
    expect(await names('{.metadata.labels.tier}')).toEqual(['a', 'b', 'c'])
    expect(await names('.metadata.name')).toEqual(['a', 'b', 'c'])
    expect(await here.ok('get configmaps settings kube-root-ca.crt --sort-by=.metadata.name -o name')).toBe(
      'configmap/kube-root-ca.crt\nconfigmap/settings',
    )
  })
})

describe('a selector', () => {
  it.concurrent.for<[selector: string, names: string]>([
    ['app=x', 'a b'],
    ['app==x', 'a b'],
    ['app!=x,tier', 'c'],
    ['app in (x,y)', 'a b c'],
    ['app in (y)', 'c'],
    ['app notin (x),tier', 'c'],
    ['tier', 'a b c'],
    ['tier,app=y', 'c'],
    ['!tier,app', ''],
    ['tier>1', 'b c'],
    ['tier<2', 'a'],
    ['tier>1,tier<3', 'b'],
    ['app=', ''],
  ])('-l %s', async ([selector, names]) => {
    const said = await here.ok(['get', 'pods', '-l', selector, '-o', 'jsonpath={.items[*].metadata.name}'])
    expect(said).toBe(names)
  })

  it.concurrent.for<[what: string, selector: string, complaint: string]>([
    ['pods', 'tier in', "unable to parse requirement: found '' expected: '('"],
    ['pods', 'tier gt 1', "unable to parse requirement: found 'gt', expected: in, notin, =, ==, !=, gt, lt"],
    ['pods', 'a=b=c', "found '=', expected: ',' or 'end of string'"],
    ['cocoonsets', 'tier in', "unable to parse requirement: found '' expected: '('"],
  ])('that is none: get %s -l %s', async ([what, selector, complaint]) => {
    const said = await here.refusal(['get', what, '-l', selector])
    expect(said).toContain(
      `Error from server (BadRequest): Unable to find "${what === 'pods' ? '/v1' : 'cocoonset.cocoonstack.io/v1'}, Resource=${what}" that match label selector "${selector}", field selector "": ${complaint}`,
    )
  })

  it.concurrent.for<[what: string, selector: string, names: string]>([
    ['pods', 'metadata.name=a', 'a'],
    ['pods', 'metadata.name!=a,spec.schedulerName=nobody', 'b c'],
    ['pods', 'status.phase=Pending,spec.schedulerName=nobody', 'a b c'],
    ['pods', 'status.phase!=Pending,spec.schedulerName=nobody', ''],
    ['pods', 'spec.nodeName=none', ''],
    ['pods', 'spec.restartPolicy=Always,spec.schedulerName=nobody', 'a b c'],
    ['pods', 'spec.serviceAccountName=default,spec.schedulerName=nobody', 'a b c'],
    ['configmaps', 'metadata.name=settings', 'settings'],
    ['cocoonsets', 'metadata.name=web', 'web'],
    ['cocoonsets', 'metadata.name!=web', ''],
  ])('get %s --field-selector %s', async ([what, selector, names]) => {
    const said = await here.ok([
      'get',
      what,
      `--field-selector=${selector}`,
      '-o',
      'jsonpath={.items[*].metadata.name}',
    ])
    expect(said).toBe(names)
  })

  it.concurrent.for<[what: string, group: string, label: string, complaint: string]>([
    ['pods', '/v1', 'spec.foo', 'field label not supported: spec.foo'],
    ['nodes', '/v1', 'spec.foo', 'field label not supported: spec.foo'],
    [
      'configmaps',
      '/v1',
      'data.a',
      '"data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    [
      'cocoonsets',
      'cocoonset.cocoonstack.io/v1',
      'spec.nodePool',
      'field label not supported: spec.nodePool',
    ],
  ])('over a field that %s are not selected by', async ([what, group, label, complaint]) => {
    expect(await here.refusal(['get', what, `--field-selector=${label}=1`])).toBe(
      `Error from server (BadRequest): Unable to find "${group}, Resource=${what}" that match label selector "", field selector "${label}=1": ${complaint}`,
    )
  })
})
