import type { Transport } from '../../kube/transport.ts'
import { startExec } from './exec-stream.ts'

/** What a command of ours may take (ms) that does next to nothing. */
const LONGEST = 5_000

/**
 * Runs a command in a VM to its end, whatever it says and however it ends.
 * @throws Error when it could not be run, or took too long
 */
export async function runOnce(
  transport: Transport,
  place: { namespace: string; name: string },
  command: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const ended = Promise.withResolvers<void>()
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST)])
  const listener = { onOutput() {}, onEnd: () => ended.resolve() }
  const stream = await startExec(transport, place, command, listener, limit)
  const stop = () => {
    stream.close()
    ended.reject(limit.reason as Error)
  }
  limit.addEventListener('abort', stop, { once: true })
  if (limit.aborted) stop()
  await ended.promise.finally(() => limit.removeEventListener('abort', stop))
}
