'use client'

import { formatCpu, formatMemory } from '../../lib/fleet/amount.ts'
import { NONE } from '../../lib/fleet/duration.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import type { VmPath } from '../../lib/fleet/view-state.ts'
import { Fact, Facts } from '../ui/facts.tsx'
import { Age } from './age.tsx'
import { ForkSource } from './fork-source.tsx'
import { roleWords } from './role-words.ts'

const bdi = (text: string) => <bdi>{text || NONE}</bdi>

const joined = (...texts: string[]) => texts.filter((text) => text !== '').join(' · ')

/** "4 CPU · 8 GiB · 40 GiB disk" as far as it is known. */
function size({ cpu, memory, storage }: Vm): string {
  return joined(
    cpu && `${formatCpu(cpu)} CPU`,
    memory && formatMemory(memory),
    storage && `${formatMemory(storage)} disk`,
  )
}

function Hibernation({ vm }: { vm: Vm }) {
  const { hibernation, hibernateRequested } = vm
  if (hibernation === null) return <>{hibernateRequested ? 'asked for on the pod' : NONE}</>
  const { desire, phase, since, message } = hibernation
  return (
    <>
      <bdi>{joined(desire && `asks to ${desire.toLowerCase()}`, phase.toLowerCase())}</bdi>
      {/* Of a failure the cluster keeps the time at which the work began. */}
      {since !== null && phase !== 'Failed' && (
        <>
          {' '}
          <Age since={since} ago />
        </>
      )}
      {message !== '' && <bdi className="block text-xs text-muted">{message}</bdi>}
    </>
  )
}

/** What the live fleet knows about a VM. */
export function VmFacts({ vm, onOpen }: { vm: Vm; onOpen: (path: VmPath) => void }) {
  return (
    <>
      <Facts title="Where">
        <Fact name="Address" copy={vm.ip}>
          {bdi(vm.ip)}
        </Fact>
        <Fact name="Connection">{bdi(vm.connType)}</Fact>
        <Fact name="VNC">{vm.vncPort > 0 ? `port ${vm.vncPort}` : NONE}</Fact>
        <Fact name="Node" copy={vm.node}>
          {bdi(vm.node)}
        </Fact>
        <Fact name="Pool">{bdi(vm.pool)}</Fact>
      </Facts>
      <Facts title="What">
        <Fact name="Role">{roleWords(vm) || NONE}</Fact>
        <Fact name="Image" copy={vm.image}>
          {bdi(vm.image)}
        </Fact>
        <Fact name="Made by">{bdi(vm.mode)}</Fact>
        <Fact name="Forked from">
          <ForkSource forkedFrom={vm.forkedFrom} onOpen={onOpen} />
        </Fact>
        <Fact name="System">{bdi(joined(vm.os, vm.backend))}</Fact>
        <Fact name="Size">{size(vm) || NONE}</Fact>
        <Fact name="Network">{bdi(vm.network)}</Fact>
        <Fact name="Snapshots">{bdi(vm.snapshotPolicy)}</Fact>
        <Fact name="Hibernation">
          <Hibernation vm={vm} />
        </Fact>
        <Fact name="Age">
          <Age since={vm.createdAt} />
        </Fact>
      </Facts>
      <Facts title="Names">
        <Fact name="VM" copy={vm.vmName}>
          {bdi(vm.vmName)}
        </Fact>
        <Fact name="VM id" copy={vm.vmID}>
          {bdi(vm.vmID)}
        </Fact>
        <Fact name="Pod" copy={`${vm.namespace}/${vm.name}`}>
          {bdi(`${vm.namespace}/${vm.name}`)}
        </Fact>
        <Fact name="Pod uid" copy={vm.uid}>
          {bdi(vm.uid)}
        </Fact>
      </Facts>
    </>
  )
}
