import { MonitorPlay } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCpu, formatMemory } from '../../lib/fleet/amount.ts'
import { vncPortOf } from '../../lib/fleet/can/vnc-endpoint.ts'
import type { VmItem } from '../../lib/fleet/arrange-types.ts'
import type { ColumnId } from '../../lib/fleet/columns-table.ts'
import { NONE } from '../../lib/fleet/duration.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { Age } from '../vm/age.tsx'
import { reachWords } from '../vm/reach.ts'
import { roleWords } from '../vm/role-words.ts'
import { shortImage } from '../vm/short-image.ts'
import { VmFlags } from '../vm/vm-flags.tsx'
import { VmPhase } from '../vm/vm-phase.tsx'
import { Lineage } from './lineage.tsx'
import { later } from '../ui/later.tsx'

const RowScreen = later(
  () => import('../screens/row-screen.tsx').then((module) => module.RowScreen),
  () => <MonitorPlay aria-hidden size={13} strokeWidth={1.75} />,
)

type Cell = (vm: Vm, item: VmItem) => ReactNode

/** Text of the cluster: isolated, cut when it is too long, whole in its tip. */
export function Cut({ text, mono = false }: { text: string; mono?: boolean }) {
  if (text === '') return <span className="text-faint">{NONE}</span>
  return (
    <bdi data-tip-cut className={mono ? 'fleet-mono truncate' : 'truncate'}>
      {text}
    </bdi>
  )
}

/** Beside the name: where a fork comes from, else the role. */
function aside(vm: Vm, item: VmItem): string {
  return item.isFork ? `fork of ${item.forkOf}` : roleWords(vm)
}

/** Where a VM is reached, or why it cannot be. */
function Reach({ vm }: { vm: Vm }) {
  const words = reachWords(vm)
  if (vm.message === '') return <Cut mono text={words} />
  return (
    <>
      {words !== '' && <bdi className="fleet-mono shrink-0">{words}</bdi>}
      <bdi data-tip={vm.message} data-phase={vm.phase} className="truncate text-phase-ink">
        {vm.message}
      </bdi>
    </>
  )
}

/** The telling end of an image's name; the whole of it is its tip. */
function Image({ image }: { image: string }) {
  const short = shortImage(image)
  if (short === image) return <Cut mono text={image} />
  return (
    <bdi data-tip={image} className="fleet-mono truncate">
      {short}
    </bdi>
  )
}

/** The cell of each column. */
export const CELLS: Record<ColumnId, Cell> = {
  name: (vm, item) => (
    <>
      <Lineage depth={item.depth} last={item.last} rails={item.rails} />
      <bdi data-tip-cut className="truncate font-medium">
        {vm.name}
      </bdi>
      {/* It gives way alone: a name that is cut by the least fraction of a pixel loses its last letters. */}
      <bdi data-tip-cut className="min-w-0 shrink-[99999] truncate text-xs text-faint">
        {aside(vm, item)}
      </bdi>
      <VmFlags vm={vm} />
    </>
  ),
  phase: (vm) => <VmPhase vm={vm} />,
  node: (vm) => <Cut mono text={vm.node} />,
  reach: (vm) => <Reach vm={vm} />,
  image: (vm) => <Image image={vm.image} />,
  screen: (vm) =>
    vncPortOf(vm) > 0 ? (
      <span
        className="screen-cell inline-flex items-center gap-1.5"
        data-tip={`Serves its screen over VNC at port ${vncPortOf(vm)}`}
      >
        <RowScreen vm={vm} />
        <span className="fleet-mono">{vncPortOf(vm)}</span>
      </span>
    ) : (
      <Cut text="" />
    ),
  role: (vm) => <Cut text={roleWords(vm)} />,
  os: (vm) => <Cut text={vm.os} />,
  backend: (vm) => <Cut text={vm.backend} />,
  pool: (vm) => <Cut text={vm.pool} />,
  fork: (vm) => <Cut mono text={vm.forkedFrom} />,
  vmName: (vm) => <Cut mono text={vm.vmName} />,
  cpu: (vm) => formatCpu(vm.cpu),
  memory: (vm) => formatMemory(vm.memory),
  storage: (vm) => formatMemory(vm.storage),
  namespace: (vm) => <Cut text={vm.namespace} />,
  age: (vm) => <Age since={vm.createdAt} />,
}
