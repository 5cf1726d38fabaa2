import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { createParser } from 'eventsource-parser'
import { decodeColumns } from '../lib/fleet/columns.ts'
import type { Vm } from '../lib/fleet/vm.ts'
import type { DeltaEvent, SnapshotEvent } from '../lib/fleet/wire.ts'
import { createArrivals } from './arrivals.ts'
import type { Arrivals } from './arrivals.ts'

const ROOT = join(import.meta.dirname, '..')
const STARTUP_MS = 60_000

/** A client that is told of pods. */
export interface Watcher extends Pick<Arrivals, 'next'> {
  /** Resolves when it knows every pod. */
  ready: Promise<void>
  stop(): Promise<void>
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

/** `kubectl get pods -A -w`: an arrival is a line on its standard output. */
export function watchByKubectl(kubeconfig: string, pods: number): Watcher {
  const arrivals = createArrivals('kubectl')
  const child = spawn('kubectl', ['get', 'pods', '-A', '-w', '--no-headers'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, KUBECONFIG: kubeconfig, HOME: dirname(kubeconfig) },
  })
  const known = new Set<string>()
  const ready = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [namespace, name] = line.trim().split(/\s+/)
      const pod = `${namespace}/${name}`
      arrivals.arrived(pod)
      known.add(pod)
      if (known.size === pods) resolve()
    })
  })
  return { ready, next: arrivals.next, stop: () => end(child) }
}

interface Dashboard {
  url: string
  child: ChildProcess
}

/** The dashboard as `npm start` runs it, on a free port. */
function startDashboard(kubeconfig: string): Promise<Dashboard> {
  const child = spawn(process.execPath, [join(ROOT, 'server.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      CLUSTER: 'kube',
      KUBECONFIG: kubeconfig,
      PORT: '0',
      LOG_LEVEL: 'warn',
      // All clients are of one address.
      RATE_LIMIT: '0',
      STREAMS_PER_USER: '100000',
    },
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the dashboard ended with ${code}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /^Dashboard: (\S+)$/.exec(line)?.[1]
      if (url !== undefined) resolve({ url, child })
    })
  })
}

async function untilReady(url: string): Promise<void> {
  const giveUp = performance.now() + STARTUP_MS
  while (!(await fetch(`${url}/readyz`)).ok) {
    if (performance.now() > giveUp) throw new Error('the dashboard did not get ready')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The plain bytes, so that what is measured is the stream and not this client's way to decompress. */
async function openStream(url: string): Promise<IncomingMessage> {
  const [incoming] = (await once(get(`${url}/api/fleet/stream`), 'response')) as [IncomingMessage]
  if (incoming.statusCode !== 200) throw new Error(`the stream was answered ${incoming.statusCode}`)
  return incoming
}

const podOf = ({ namespace, name }: Vm) => `${namespace}/${name}`

/** A client of our server's stream: an arrival is a change of a row, parsed. */
export async function watchByDashboard(kubeconfig: string): Promise<Watcher> {
  const arrivals = createArrivals('the stream')
  const { url, child } = await startDashboard(kubeconfig)
  await untilReady(url)
  const incoming = await openStream(url)
  const podsByUid = new Map<string, string>()
  let known = () => {}
  const ready = new Promise<void>((resolve) => {
    known = resolve
  })
  const parser = createParser({
    onEvent({ event, data }) {
      if (event === 'snapshot') {
        const { tables } = JSON.parse(data) as SnapshotEvent
        for (const vm of decodeColumns<Vm>(tables.vms)) podsByUid.set(vm.uid, podOf(vm))
        known()
      } else if (event === 'delta') {
        const { changes } = JSON.parse(data) as DeltaEvent
        for (const { uid } of changes.vms?.set ?? []) arrivals.arrived(podsByUid.get(uid) ?? uid)
      }
    },
  })
  incoming.setEncoding('utf8').on('data', (text: string) => parser.feed(text))
  const stop = async () => {
    incoming.destroy()
    await end(child)
  }
  return { ready, next: arrivals.next, stop }
}
