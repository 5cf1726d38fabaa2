import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { FillFigures } from './fill-client.ts'
import { median } from './row.ts'
import type { Row } from './row.ts'

const PODS = 10_000
const TURNS = 3

/** The first message of a process that this one started; rejects when it ends without one. */
function firstMessage<Message>(child: ChildProcess, what: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message))
    child.once('exit', (code) => reject(new Error(`${what} ended with ${code} and said nothing`)))
  })
}

async function fillOnce(who: 'ours' | 'informer', kubeconfig: string): Promise<FillFigures> {
  const child = fork(join(import.meta.dirname, 'fill-client.ts'), [who, String(PODS)], {
    execArgv: ['--expose-gc'],
    env: { ...process.env, BENCH_KUBECONFIG: kubeconfig },
  })
  return firstMessage<FillFigures>(child, `the ${who} client`)
}

/**
 * 10,000 pods to ready: our reflector and store against client-node's informer, a fresh process each, in turns,
 * medians. Retained is what the garbage collector leaves, less what the process held before.
 */
export async function fillRows(say: (line: string) => void): Promise<Row[]> {
  const api = fork(join(import.meta.dirname, 'fill-api.ts'), [String(PODS)])
  try {
    const served = await firstMessage<{ kubeconfig: string; bytes: number }>(api, 'the API server')
    say(`${PODS} pods, ${Math.round(served.bytes / PODS)} bytes each`)
    const ours: FillFigures[] = []
    const theirs: FillFigures[] = []
    for (let turn = 0; turn < TURNS; turn++) {
      ours.push(await fillOnce('ours', served.kubeconfig))
      theirs.push(await fillOnce('informer', served.kubeconfig))
      say(`turn ${turn + 1}: ours ${JSON.stringify(ours.at(-1))} informer ${JSON.stringify(theirs.at(-1))}`)
    }
    const mid = (all: FillFigures[], figure: keyof FillFigures) => median(all.map((one) => one[figure]))
    const mega = (all: FillFigures[]) => mid(all, 'retained') / 1e6
    return [
      {
        name: '10,000 pods to ready',
        unit: 'ms',
        ours: mid(ours, 'time'),
        peer: mid(theirs, 'time'),
        target: 0.4,
      },
      { name: 'retained heap', unit: 'MB', ours: mega(ours), peer: mega(theirs), target: 1 / 15 },
      { name: 'longest event-loop stall', unit: 'ms', ours: mid(ours, 'stall'), peer: null, target: 50 },
    ]
  } finally {
    api.disconnect()
  }
}
