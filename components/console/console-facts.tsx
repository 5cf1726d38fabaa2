'use client'

import { formatCpu, formatMemory } from '../../lib/fleet/amount.ts'
import { NONE } from '../../lib/fleet/duration.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { Fact, Facts } from '../ui/facts.tsx'
import { reachWords } from '../vm/reach.ts'
import { roleWords } from '../vm/role-words.ts'

const joined = (...texts: string[]) => texts.filter((text) => text !== '').join(' · ') || NONE

/** Beside a console where there is room: which VM this is. */
export function ConsoleFacts({ vm }: { vm: Vm }) {
  const { cpu, memory, storage } = vm
  return (
    <aside
      aria-label="This VM"
      className="surface w-[330px] shrink-0 self-start [&>section]:border-t-0 max-[1279.98px]:hidden"
    >
      <Facts title="This VM">
        <Fact name="Role">{roleWords(vm) || NONE}</Fact>
        <Fact name="VM" copy={vm.vmName}>
          <bdi>{vm.vmName || NONE}</bdi>
        </Fact>
        <Fact name="Reach">
          <bdi>{reachWords(vm) || NONE}</bdi>
        </Fact>
        <Fact name="Node">
          <bdi>{joined(vm.node, vm.pool && `pool ${vm.pool}`)}</bdi>
        </Fact>
        <Fact name="Image" copy={vm.image}>
          <bdi>{vm.image || NONE}</bdi>
        </Fact>
        <Fact name="System">
          <bdi>{joined(vm.os, vm.backend)}</bdi>
        </Fact>
        <Fact name="Size">
          {joined(
            cpu && `${formatCpu(cpu)} CPU`,
            memory && formatMemory(memory),
            storage && formatMemory(storage),
          )}
        </Fact>
      </Facts>
    </aside>
  )
}
