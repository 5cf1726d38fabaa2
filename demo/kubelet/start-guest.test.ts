import { expect, it } from 'vitest'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { ANNOTATION_FORK_FROM, ANNOTATION_OS, ANNOTATION_VM_NAME } from '../../lib/cocoon/keys.ts'
import { manualClock } from '../clock.ts'
import { sh } from '../guest/testing/test-guest.ts'
import { seededRandom } from '../random.ts'
import { noMachine, type Machine } from './machine.ts'
import { createdAt, startGuest, type GuestLife } from './start-guest.ts'

const clock = manualClock()

const vmPod = (annotations: Record<string, string> = {}): Pod => ({
  metadata: {
    creationTimestamp: '2025-12-31T00:00:00Z',
    annotations: { [ANNOTATION_VM_NAME]: 'vk-ns-set-1', ...annotations },
  },
  spec: { containers: [{ name: 'agent', resources: { limits: { cpu: '4', memory: '8Gi' } } }] },
})

function started(pod: Pod, life: GuestLife, vmID = 'a1'): Machine {
  const machine = { ...noMachine(), vmID, ip: '10.88.0.9' }
  startGuest({ guestClock: clock, random: seededRandom(1) }, machine, pod, life)
  return machine
}

async function asked({ guest }: Machine, script: string): Promise<string> {
  if (!guest) throw new Error('no guest was started')
  return (await sh(guest, script)).stdout
}

it.each([
  ['its own name', {}, 'vk-ns-set-1\n'],
  ['the name of the VM that it was forked from', { [ANNOTATION_FORK_FROM]: 'vk-ns-set-0' }, 'vk-ns-set-0\n'],
])('a guest has %s', async (_, annotations, name) => {
  expect(await asked(started(vmPod(annotations), {}), 'hostname')).toBe(name)
})

it('has the shape that the pod asks for', async () => {
  const answer = await asked(
    started(vmPod(), {}),
    'nproc; grep -c ^processor /proc/cpuinfo; free -g | awk "/Mem/{print \\$2}"',
  )
  expect(answer).toBe('4\n4\n7\n')
})

it('is as old as the pod when it was there before this process', async () => {
  const pod = vmPod()
  expect(await asked(started(pod, { bootedAt: createdAt(pod) }), 'cut -d. -f1 /proc/uptime')).toBe('86400\n')
})

it('goes on from saved memory, at its new address', async () => {
  const before = started(vmPod(), {})
  await asked(before, 'echo kept > /tmp/f; hostname elsewhere')
  const memory = before.guest?.capture()
  const after = started(vmPod(), { memory }, 'b2')
  after.ip = '10.88.0.77'
  expect(await asked(after, 'cat /tmp/f; hostname; hostname -I')).toBe('kept\nelsewhere\n10.88.0.77 \n')
})

it('is Linux where the pod names no system that is known', async () => {
  expect(await asked(started(vmPod({ [ANNOTATION_OS]: 'plan9' }), {}), 'uname')).toBe('Linux\n')
})
