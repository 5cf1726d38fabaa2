import { manualClock, wallClock, type Clock } from '../../clock.ts'
import { seededRandom } from '../../random.ts'
import { bootGuest, type BootOptions, type Guest } from '../guest.ts'

export interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** A guest of two CPUs and 4 GiB; Linux on the wall clock unless told. */
export function testGuest(options: Partial<BootOptions> = {}): Guest {
  return bootGuest({
    hostname: 'web-0',
    os: 'linux',
    image: 'ubuntu:24.04',
    vmID: '0123456789ab',
    ip: () => '10.88.0.7',
    cpus: 2,
    memoryBytes: 4 * 2 ** 30,
    clock: wallClock(),
    random: seededRandom(1),
    ...options,
  })
}

export const runtime = (clock: Clock = manualClock()) => ({
  vmID: 'ba9876543210',
  ip: () => '10.88.0.8',
  clock,
  random: seededRandom(2),
})

async function* textInput(text: string): AsyncGenerator<Uint8Array> {
  if (text !== '') yield new TextEncoder().encode(text)
}

/** Runs a command to its end, and gathers what it says. */
export async function runIn(
  guest: Guest,
  argv: readonly string[],
  options: { stdin?: string; signal?: AbortSignal } = {},
): Promise<Outcome> {
  const said = { stdout: '', stderr: '' }
  const gather = (name: 'stdout' | 'stderr') => {
    const decoder = new TextDecoder()
    return async (chunk: Uint8Array) => void (said[name] += decoder.decode(chunk, { stream: true }))
  }
  const code = await guest.run(argv, {
    stdin: textInput(options.stdin ?? ''),
    stdout: gather('stdout'),
    stderr: gather('stderr'),
    signal: options.signal ?? new AbortController().signal,
  })
  return { code, ...said }
}

export const sh = (guest: Guest, script: string, stdin = '') => runIn(guest, ['sh', '-c', script], { stdin })
