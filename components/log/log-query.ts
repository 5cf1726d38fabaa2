import { queryOptions } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { followTail, NOTHING_FOLLOWED } from '../../lib/fleet/log/follow-tail.ts'
import type { Followed } from '../../lib/fleet/log/follow-tail.ts'
import { logLines } from '../../lib/fleet/log/log-lines.ts'
import { saidInstead } from '../../lib/fleet/log/vm-log.ts'
import type { VmLog } from '../../lib/fleet/log/vm-log.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { getJson } from '../vm/get-json.ts'

/** What was read of a log so far. */
export interface LogRead extends Followed {
  /** The beginning of a line that is still being written. */
  open: string
  source: string
  asOf: string
  cut: boolean
  /** What the node agent said because it had no log to give; null when it had. */
  said: string | null
}

/** More lines than these are not kept in the page. */
const MOST_LINES = 20_000

/** Goes on with what was read before; a VM without a log any more keeps showing what it once had. */
export function nextRead(before: LogRead | undefined, { text, source, asOf, cut }: VmLog): LogRead {
  const followed = before ?? { ...NOTHING_FOLLOWED, open: '' }
  const said = saidInstead(text)
  const { lines, open } = said === null ? logLines(text) : { lines: [], open: followed.open }
  return { ...followTail(followed, lines, MOST_LINES), open, source, asOf, cut, said }
}

/** The end of one VM's log; read again, it goes on from what was read before. */
export function logQuery(client: QueryClient, vm: Pick<Vm, 'uid' | 'namespace' | 'name'>, tail: number) {
  const queryKey = ['log', vm.uid, tail]
  return queryOptions<LogRead>({
    queryKey,
    queryFn: async ({ signal }) => {
      const place = [vm.namespace, vm.name].map(encodeURIComponent).join('/')
      const log = await getJson<VmLog>(`/api/vms/${place}/logs?tail=${tail}`, signal)
      return nextRead(client.getQueryData<LogRead>(queryKey), log)
    },
    retry: false,
  })
}
