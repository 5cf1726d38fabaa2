import { join } from 'node:path'
import { rawClient } from './vnc-client.ts'
import type { RawClient } from './vnc-client.ts'
import { cpuSeconds, memoryOf, startScript, startWebsockify } from './vnc-process.ts'
import type { Measured } from './vnc-process.ts'
import { median, quantile } from './row.ts'
import type { Row } from './row.ts'

const GIGABYTE = 1e9
const ROUNDS = 5
const VOLUME = 1.5 * GIGABYTE
const ECHOES = 1_500
const IDLE = 200
const SLOW_MS = 2_500
const WORD = Buffer.alloc(64, 1)

/** A relay of which a port leads to either of the two servers. */
interface Relay {
  floods: { process: Measured; connect(): Promise<RawClient> }
  echoes: { process: Measured; connect(): Promise<RawClient> }
}

async function throughput(relay: Relay): Promise<{ seconds: number; cpu: number }> {
  const { process, connect } = relay.floods
  const client = await connect()
  const cpuBefore = cpuSeconds(process.pid)
  const started = performance.now()
  client.send(WORD)
  await client.until(VOLUME)
  const seconds = (performance.now() - started) / 1_000
  const cpu = cpuSeconds(process.pid) - cpuBefore
  client.close()
  return { seconds: (seconds * GIGABYTE) / VOLUME, cpu: (cpu * GIGABYTE) / VOLUME }
}

/** Microseconds there and back. */
async function echoTimes(relay: Relay, times: number): Promise<number[]> {
  const client = await relay.echoes.connect()
  const samples: number[] = []
  for (let turn = 0; turn < times; turn += 1) {
    const back = client.received + WORD.length + 2
    const sent = performance.now()
    client.send(WORD)
    await client.until(back)
    samples.push((performance.now() - sent) * 1_000)
  }
  client.close()
  return samples
}

async function echoBesideFlood(relay: Relay): Promise<number[]> {
  const flood = await relay.floods.connect()
  flood.send(WORD)
  await flood.until(50e6)
  const samples = await echoTimes(relay, ECHOES / 3)
  flood.close()
  return samples
}

async function idleMemory(relay: Relay): Promise<number> {
  const { process, connect } = relay.echoes
  const warm = await Promise.all(Array.from({ length: 20 }, connect))
  const before = memoryOf(process.pid)
  const clients = await Promise.all(Array.from({ length: IDLE }, connect))
  const bytes = (memoryOf(process.pid) - before) / IDLE
  for (const client of [...warm, ...clients]) client.close()
  return bytes
}

/** How much a relay grows while somebody who does not read is flooded. */
async function slowReader(relay: Relay): Promise<number> {
  const { process, connect } = relay.floods
  const client = await connect()
  const before = memoryOf(process.pid)
  client.pause()
  client.send(WORD)
  await new Promise((resolve) => void setTimeout(resolve, SLOW_MS))
  const growth = memoryOf(process.pid) - before
  client.close()
  return growth
}

const freePorts = [0, 1].map((offset) => 47_000 + ((process.pid * 2 + offset) % 10_000)) as [number, number]

async function openRelays() {
  const source = await startScript(join(import.meta.dirname, 'vnc-source.ts'))
  const ours = await startScript(join(import.meta.dirname, 'vnc-relay.ts'))
  const { floods = 0, echoes = 0 } = source.ports
  const theirs = await Promise.all([
    startWebsockify(freePorts[0], floods),
    startWebsockify(freePorts[1], echoes),
  ])
  const through = (target: number) => ({
    process: ours as Measured,
    connect: () => rawClient(ours.ports.port ?? 0, `/${target}`),
  })
  const relays: Record<'ours' | 'theirs', Relay> = {
    ours: { floods: through(floods), echoes: through(echoes) },
    theirs: {
      floods: { process: theirs[0], connect: () => rawClient(freePorts[0], '/') },
      echoes: { process: theirs[1], connect: () => rawClient(freePorts[1], '/') },
    },
  }
  return { relays, close: () => [source, ours, ...theirs].forEach((one) => one.stop()) }
}

/** The relay of the consoles against websockify: the same source and the same client, in turns, in one run. */
export async function vncRows(say: (line: string) => void): Promise<Row[]> {
  const { relays, close } = await openRelays()
  const figures = { ours: newFigures(), theirs: newFigures() }
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const order = round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)
      for (const who of order) {
        const { seconds, cpu } = await throughput(relays[who])
        const quiet = await echoTimes(relays[who], ECHOES)
        const beside = await echoBesideFlood(relays[who])
        const into = figures[who]
        into.seconds.push(seconds)
        into.cpu.push(cpu)
        into.quiet.push(...quiet)
        into.beside.push(...beside)
        say(
          `round ${round + 1}, ${who}: ${(1_000 / seconds).toFixed(0)} MB/s, ${cpu.toFixed(2)} s/GB, ` +
            `echo p50 ${median(quiet).toFixed(0)} us, beside a flood ${median(beside).toFixed(0)} us`,
        )
      }
    }
    const idle = await idleMemory(relays.ours)
    const growth = await slowReader(relays.ours)
    const row = (name: string, unit: string, of: (figures: Figures) => number, target: number): Row => ({
      name: `VNC tunnel, ${name}`,
      unit,
      ours: of(figures.ours),
      peer: of(figures.theirs),
      target,
    })
    return [
      row('seconds per GB', 's', ({ seconds }) => median(seconds), 1 / 1.7),
      row('processor per GB', 's', ({ cpu }) => median(cpu), 0.5),
      row('echo p50', 'us', ({ quiet }) => median(quiet), 1),
      row('echo p99', 'us', ({ quiet }) => quantile(quiet, 0.99), 1.5),
      row('echo p50 beside a flood', 'us', ({ beside }) => median(beside), 2),
      { name: 'VNC tunnel, idle connection', unit: 'kB', ours: idle / 1_024, peer: null, target: 25 },
      { name: 'VNC tunnel, growth by a slow reader', unit: 'MB', ours: growth / 1e6, peer: null, target: 8 },
    ]
  } finally {
    close()
  }
}

interface Figures {
  seconds: number[]
  cpu: number[]
  quiet: number[]
  beside: number[]
}

const newFigures = (): Figures => ({ seconds: [], cpu: [], quiet: [], beside: [] })
