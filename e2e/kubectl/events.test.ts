import { beforeAll, describe, expect, it } from 'vitest'
import { idlePod } from './support/manifests.ts'
import { cells } from './support/table.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('events')
const event = (name: string, fields: Record<string, unknown>) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Event', metadata: { name }, ...fields })

beforeAll(async () => {
  await here.create(idlePod('a'))
  const uid = await here.ok('get pod a -o jsonpath={.metadata.uid}')
  const involvedObject = { apiVersion: 'v1', kind: 'Pod', namespace: here.name, name: 'a', uid }
  const time = new Date(Date.now() - 600_000).toISOString().replace(/\.\d+/, '')
  await here.create(
    event('a.1', {
      involvedObject,
      reason: 'Tested',
      message: 'a test was here',
      type: 'Warning',
      source: { component: 'tester' },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 3,
    }),
  )
})

describe('kubectl get events', () => {
  it('prints them as a table', async () => {
    expect(cells(await here.ok('get events'))).toEqual([
      ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
      ['10m', 'Warning', 'Tested', 'pod/a', 'a test was here'],
    ])
  })

  it('prints them wider', async () => {
    const [header, row] = cells(await here.ok('get events -o wide'))
    expect(header).toEqual([
      'LAST SEEN',
      'TYPE',
      'REASON',
      'OBJECT',
      'SUBOBJECT',
      'SOURCE',
      'MESSAGE',
      'FIRST SEEN',
      'COUNT',
      'NAME',
    ])
    expect(row).toEqual(['10m', 'Warning', 'Tested', 'pod/a', 'tester', 'a test was here', '10m', '3', 'a.1'])
  })

  it.concurrent.for<[selector: string, names: string]>([
    ['involvedObject.name=a,involvedObject.kind=Pod', 'event/a.1'],
    ['reason=Tested,type=Warning', 'event/a.1'],
    ['type!=Warning', ''],
    ['source=tester', 'event/a.1'],
    ['reportingComponent=', 'event/a.1'],
    ['involvedObject.name=b', ''],
  ])('selects them by %s', async ([selector, names]) => {
    expect(await here.ok(`get events --field-selector ${selector} -o name`)).toBe(names)
  })

  it('shows what the server fills in', async () => {
    expect(JSON.parse(await here.ok('get event a.1 -o json'))).toMatchObject({
      eventTime: null,
      reportingComponent: '',
      reportingInstance: '',
    })
  })

  it('shows them in their own group too', async () => {
    expect(cells(await here.ok('get events.events.k8s.io')).at(-1)).toEqual([
      '10m',
      'Warning',
      'Tested',
      'pod/a',
      'a test was here',
    ])
    const shown = JSON.parse(await here.ok('get events.events.k8s.io a.1 -o json'))
    expect(shown).not.toHaveProperty('reportingController')
    expect(shown).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      deprecatedCount: 3,
      deprecatedSource: { component: 'tester' },
      eventTime: null,
      kind: 'Event',
      note: 'a test was here',
      reason: 'Tested',
      regarding: { kind: 'Pod', name: 'a', namespace: here.name },
      type: 'Warning',
    })
  })
})

describe('kubectl events', () => {
  const TABLE = [
    ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
    ['10m (x3 over 10m)', 'Warning', 'Tested', 'Pod/a', 'a test was here'],
  ]
  it.concurrent.for<[args: string]>([[''], ['--for pod/a'], ['--types=Warning']])('%s', async ([args]) => {
    expect(cells(await here.ok(`events ${args}`))).toEqual(TABLE)
  })

  it.concurrent.for<[args: string]>([['--for pod/zz'], ['--types=Normal']])('nothing %s', async ([args]) => {
    expect((await here.kubectl(`events ${args}`)).stderr).toBe(`No events found in ${here.name} namespace.\n`)
  })
})

describe('kubectl describe', () => {
  it('shows a pod with its events', async () => {
    const text = await here.ok('describe pod a')
    expect(text).toMatch(/^Name: +a\nNamespace: +/)
    expect(text).toMatch(/\nStatus: +Pending\n/)
    expect(text).toMatch(/\nContainers:\n {2}main:\n {4}Image: +busybox:1\n/)
    expect(text).toMatch(/\nTolerations: +node\.kubernetes\.io\/not-ready:NoExecute op=Exists for 300s\n/)
    expect(text).toMatch(
      /\nEvents:\n {2}Type +Reason +Age +From +Message\n.*\n {2}Warning +Tested +10m \(x3 over 10m\) +tester +a test was here$/,
    )
  })

  it('shows a CocoonSet', async () => {
    const manifest = {
      apiVersion: 'cocoonset.cocoonstack.io/v1',
      kind: 'CocoonSet',
      metadata: { name: 'web' },
      spec: { nodePool: 'nowhere', agent: { image: 'ubuntu:24.04', mode: 'run' } },
    }
    await here.create(JSON.stringify(manifest))
    const text = await here.ok('describe cocoonset web')
    expect(text).toMatch(/\nAPI Version: +cocoonset\.cocoonstack\.io\/v1\nKind: +CocoonSet\nMetadata:\n/)
    expect(text).toMatch(
      /\nSpec:\n {2}Agent:\n {4}Backend: +cloud-hypervisor\n {4}Image: +ubuntu:24\.04\n {4}Mode: +run\n/,
    )
    expect(text).toMatch(/\nEvents: +<none>$/)
  })

  it('shows a namespace', async () => {
    expect(await here.ok(`describe namespace ${here.name}`)).toBe(
      [
        `Name:         ${here.name}`,
        `Labels:       kubernetes.io/metadata.name=${here.name}`,
        'Annotations:  <none>',
        'Status:       Active',
        '',
        'No resource quota.',
        '',
        'No LimitRange resource.',
      ].join('\n'),
    )
  })

  it('shows a node with its lease, conditions and pods', async () => {
    const node = await here.ok('get nodes -o jsonpath={.items[0].metadata.name}')
    const text = await here.ok(`describe node ${node}`)
    expect(text).toMatch(/\nTaints: +virtual-kubelet\.io\/provider=cocoon:NoSchedule\n/)
    expect(text).toMatch(new RegExp(`\\nLease:\\n {2}HolderIdentity: +${node}\\n`))
    expect(text).toMatch(/\n {2}Ready +True .* KubeletReady +kubelet is ready\.\n/)
    expect(text).toMatch(/\nNon-terminated Pods: +\(\d+ in total\)\n/)
    expect(text).toMatch(/\nAllocated resources:\n/)
    expect(text).toMatch(/\nEvents:/)
  })

  it('finds by the beginning of a name, or complains', async () => {
    await here.create(idlePod('prefix-1'))
    expect(await here.ok('describe pod prefix')).toMatch(/^Name: +prefix-1\n/)
    expect(await here.refusal('describe pod zz')).toBe('Error from server (NotFound): pods "zz" not found')
    expect(await here.refusal('describe cocoonset zz')).toBe(
      'Error from server (NotFound): cocoonsets.cocoonset.cocoonstack.io "zz" not found',
    )
  })
})

describe('an event', () => {
  it('lives in the namespace of what it is about', async () => {
    const stray = event('stray', {
      involvedObject: { kind: 'Pod', namespace: 'other', name: 'a' },
      reason: 'Tested',
    })
    expect(await here.refusal('create -f -', { stdin: stray })).toBe(
      'The Event "stray" is invalid: involvedObject.namespace: Invalid value: "other": does not match event.namespace',
    )
  })
})
