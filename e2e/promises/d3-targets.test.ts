import { expect, it } from 'vitest'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { toolboxPod } from '../../lib/fleet/drift/pod-shape.ts'
import { DEFAULT_PORTS } from '../../lib/console/target/target-policy.ts'
import { readyPod, webSet } from '../../demo/testing/objects.ts'
import { startConsoleBench } from '../console/support/console-bench.ts'
import { senseEgress } from '../console/support/egress.ts'
import { screenPod } from '../console/support/screen-pod.ts'
import { BANNER, listenOn, listenTo } from '../console/support/talk.ts'
import { figure } from './figure.ts'

/** What an operator of the test's network lists; the second is where a real screen listens. */
const NETWORKS = ['10.90.0.0/16', '127.0.0.77/32']
const HOST = '127.0.0.77'
const OTHERS = '10.90.7.7'

const HOSTS = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '0',
  '0.0.0.0',
  '127.255.255.255',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '017700000001',
  '127.0.0.1.',
  '127.000.000.001',
  '127.0.0.077',
  '１２７.0.0.1',
  '127。0。0。1',
  '①②⑦.0.0.1',
  '::1',
  '::',
  '0:0:0:0:0:0:0:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:127.0.0.77',
  '0:0:0:0:0:ffff:7f00:1',
  '::127.0.0.1',
  '[::1]',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  'fe80::1',
  'fe80::1%lo',
  'fe80::1%25lo',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '169.254.169.254',
  '169.254.1.1',
  '0xa9fea9fe',
  '2852039166',
  '::ffff:a9fe:a9fe',
  '168.63.129.16',
  '192.0.0.192',
  '100.100.100.200',
  '100.64.0.1',
  '224.0.0.1',
  '239.255.255.250',
  '255.255.255.255',
  '240.0.0.1',
  '10.96.0.1',
  '10.96.0.10',
  '10.0.0.1',
  '172.17.0.1',
  '192.168.1.1',
  '10.91.0.1',
  '10.89.255.255',
  '8.8.8.8',
  OTHERS,
  'localhost',
  'metadata.google.internal',
  '127.0.0.1.nip.io',
  '10.90.0.5.nip.io',
  'kubernetes.default.svc',
  'rebind.example',
  '10.90.0.5\n',
  '10.90.0.5 ',
  ' 10.90.0.5',
  '10.90.0.5\0',
  '10.90.0.5\t',
  '10.90.0.5:80',
  '10.90.0.5/16',
  'user@10.90.0.5',
  'http://10.90.0.5',
  '10.90.0.5#',
  '10.90.0.5,127.0.0.1',
  '10.90.5',
  '10.90.0.005',
  '10.90.0.0x5',
  '10.90.0.256',
  '10.90.0.-1',
  '+10.90.0.5',
  '10.90.0.5..',
  'ⅹ.90.0.5',
  '',
  'null',
  'undefined',
] as const

const PORTS = [
  '0',
  '-1',
  '1',
  '22',
  '25',
  '80',
  '443',
  '2375',
  '2379',
  '3000',
  '5432',
  '5899',
  '6000',
  '6379',
  '6443',
  '8080',
  '10250',
  '65535',
  '65536',
  '71436',
  '4294973196',
  '5900x',
  'x5900',
  '5.9e3',
  '0x170c',
  '5900.0',
  '５９００',
  '05900a',
  '5900 ',
  ' 5900',
  '5900\n',
  '5900,80',
  '5900-80',
  '',
  'NaN',
  'Infinity',
  '1e3',
  '--5900',
  '٥٩٠٠',
] as const

interface Case {
  name: string
  what: string
  pod: KubeObject
}

/** As the operator makes the pod of a static toolbox, from a CocoonSet that anybody may write. */
function fromSet(name: string, staticIP: string, vncPort: number): KubeObject {
  const set = webSet()
  const named = { ...set, metadata: { ...set.metadata, name: `set-${name}`, uid: `set-${name}` } }
  const box = {
    name,
    mode: 'static' as const,
    staticIP,
    staticVMID: `vm-${name}`,
    vncPort,
  }
  const made = toolboxPod(named, box)
  const pod = readyPod(structuredClone(made))
  const annotations = { ...made.metadata?.annotations, 'vm.cocoonstack.io/lifecycle-state': 'ready' }
  // There is no such set in the cluster of the test, and what it owned would be collected.
  const metadata = {
    ...pod.metadata,
    name,
    uid: `uid-${name}`,
    namespace: 'team',
    annotations,
    ownerReferences: [],
  }
  return { ...pod, metadata, status: { ...pod.status, podIP: undefined, podIPs: undefined } } as KubeObject
}

const ranElsewhere = (ip: string, index: number, port: number): Case => ({
  name: `run-${index}`,
  what: `a managed VM that says ${JSON.stringify(ip)} and whose kubelet says another`,
  pod: screenPod(`run-${index}`, { ip, podIP: HOST, managed: true, port: String(port) }),
})

function cases(port: number): Case[] {
  const hosts = HOSTS.flatMap((ip, index): Case[] => [
    {
      name: `ip-${index}`,
      what: `annotation ip ${JSON.stringify(ip)}`,
      pod: screenPod(`ip-${index}`, { ip, port: String(port) }),
    },
    {
      name: `set-ip-${index}`,
      what: `staticIP ${JSON.stringify(ip)}`,
      pod: fromSet(`set-ip-${index}`, ip, port),
    },
    // Without an annotation its own kubelet's word is enough.
    ...(ip === '' ? [] : [ranElsewhere(ip, index, port)]),
  ])
  const ports = PORTS.flatMap((text, index): Case[] => [
    {
      name: `port-${index}`,
      what: `annotation port ${JSON.stringify(text)}`,
      pod: screenPod(`port-${index}`, { ip: HOST, port: text }),
    },
    {
      name: `set-port-${index}`,
      what: `vncPort ${text}`,
      pod: fromSet(`set-port-${index}`, HOST, /^-?\d+$/.test(text) ? Number(text) : 22),
    },
  ])
  const other: Case[] = [
    {
      name: 'lone',
      what: 'a managed VM without a podIP',
      pod: screenPod('lone', { ip: HOST, port: String(port), managed: true }),
    },
    {
      name: 'mac',
      what: "a macOS guest's node",
      pod: screenPod('mac', { ip: HOST, port: String(port), managed: true, podIP: HOST, os: 'macos' }),
    },
  ]
  return [...hosts, ...ports, ...other]
}

/** A port of the allowed range that is free. */
async function screenInRange() {
  for (let port = DEFAULT_PORTS[0]?.first ?? 0; port <= 5999; port += 1) {
    try {
      return await listenOn((socket) => void socket.write(BANNER), HOST, port)
    } catch {
      // Somebody else has it.
    }
  }
  throw new Error('no port from 5900 to 5999 is free on 127.0.0.77')
}

it('D3 dials what is allowed, as it is written, and nothing else', async () => {
  const started = performance.now()
  const screen = await screenInRange()
  const tried = cases(screen.port)
  const good = screenPod('good', { ip: HOST, port: String(screen.port) })
  const goodSet = fromSet('good-set', HOST, screen.port)
  const theirs = screenPod('theirs', {
    ip: OTHERS,
    podIP: OTHERS,
    managed: true,
    namespace: 'other',
    port: '5900',
  })
  const other = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } }
  const bench = await startConsoleBench({
    objects: [other, good, goodSet, theirs, ...tried.map(({ pod }) => pod)],
    settings: { allowances: [{ networks: NETWORKS, ports: DEFAULT_PORTS }] },
  })
  const sensor = senseEgress([bench.port, Number(new URL(bench.cluster.server.url).port)])
  const allowed: string[] = []
  const reasons = new Map<string, number>()
  for (const { name, what } of tried) {
    const { status, body } = await bench.ask(name)
    reasons.set(String(body.code), (reasons.get(String(body.code)) ?? 0) + 1)
    if (status === 200) allowed.push(what)
  }
  const dials = sensor.taken()
  // What is allowed is dialled, and the sensor sees it.
  for (const name of ['good', 'good-set']) {
    const socket = bench.open(await bench.ticket(name))
    await listenTo(socket).until(BANNER.length)
    socket.terminate()
  }
  const known = sensor.taken()
  sensor.stop()
  await bench.close()
  await screen.close()
  const told = [...reasons].map(([code, times]) => `${times} × ${code}`).join(', ')
  figure(
    'D3',
    started,
    `${HOSTS.length} addresses and ${PORTS.length} ports by annotation, set and kubelet`,
    `${allowed.length} allowed, ${dials.length} dials`,
    told,
  )
  expect(new Set(HOSTS).size).toBeGreaterThanOrEqual(60)
  expect(allowed).toEqual([])
  expect(dials).toEqual([])
  expect(known.filter(({ host }) => host === HOST)).toHaveLength(2)
})
