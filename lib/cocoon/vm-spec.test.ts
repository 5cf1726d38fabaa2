import { describe, expect, it } from 'vitest'
import type { Pod } from './kube-json.ts'
import { applyVMSpec, fromAgentSpec, fromToolboxSpec, parseVMSpec } from './vm-spec.ts'
import type { VMSpec } from './vm-spec.ts'

const EMPTY: VMSpec = {
  vmName: '',
  image: '',
  mode: '',
  os: '',
  storage: '',
  network: '',
  snapshotPolicy: '',
  forkFrom: '',
  managed: false,
  forcePull: false,
  noDirectIO: false,
  connType: '',
  backend: '',
  probePort: '',
}

const FULL: VMSpec = {
  vmName: 'vk-n-c-1',
  image: 'ubuntu:24.04',
  mode: 'clone',
  os: 'linux',
  storage: '20Gi',
  network: 'cocoon-dhcp',
  snapshotPolicy: 'main-only',
  forkFrom: 'vk-n-c-0',
  managed: true,
  forcePull: true,
  noDirectIO: true,
  connType: 'ssh',
  backend: 'firecracker',
  probePort: '8080',
}

const FULL_ANNOTATIONS = {
  'vm.cocoonstack.io/name': 'vk-n-c-1',
  'cocoonset.cocoonstack.io/image': 'ubuntu:24.04',
  'cocoonset.cocoonstack.io/mode': 'clone',
  'cocoonset.cocoonstack.io/os': 'linux',
  'cocoonset.cocoonstack.io/storage': '20Gi',
  'cocoonset.cocoonstack.io/network': 'cocoon-dhcp',
  'cocoonset.cocoonstack.io/snapshot-policy': 'main-only',
  'vm.cocoonstack.io/fork-from': 'vk-n-c-0',
  'cocoonset.cocoonstack.io/managed': 'true',
  'cocoonset.cocoonstack.io/force-pull': 'true',
  'vm.cocoonstack.io/no-direct-io': 'true',
  'vm.cocoonstack.io/conn-type': 'ssh',
  'vm.cocoonstack.io/backend': 'firecracker',
  'vm.cocoonstack.io/probe-port': '8080',
}

const podWith = (annotations: Record<string, string>): Pod => ({ metadata: { annotations } })

describe('parseVMSpec', () => {
  it('reads every key', () => {
    expect(parseVMSpec(podWith(FULL_ANNOTATIONS))).toEqual(FULL)
  })

  it.each([null, undefined, {}, { metadata: {} }, podWith({})])('reads %j as the zero spec', (pod) => {
    expect(parseVMSpec(pod)).toEqual(EMPTY)
  })

  it.each(['True', 'TRUE', '1', 'yes', ' true', ''])('takes %j for false', (text) => {
    const keys = ['cocoonset.cocoonstack.io/managed', 'cocoonset.cocoonstack.io/force-pull']
    const pod = podWith(Object.fromEntries([...keys, 'vm.cocoonstack.io/no-direct-io'].map((k) => [k, text])))
    expect(parseVMSpec(pod)).toEqual(EMPTY)
  })

  it('neither trims nor checks', () => {
    const pod = podWith({
      'cocoonset.cocoonstack.io/mode': ' Bogus ',
      'vm.cocoonstack.io/probe-port': 'http',
    })
    expect(parseVMSpec(pod)).toEqual({ ...EMPTY, mode: ' Bogus ', probePort: 'http' })
  })
})

describe('applyVMSpec', () => {
  it('writes every key', () => {
    expect(applyVMSpec(FULL, {})).toEqual(podWith(FULL_ANNOTATIONS))
  })

  it('is undone by parseVMSpec', () => {
    for (const spec of [EMPTY, FULL]) expect(parseVMSpec(applyVMSpec(spec, {}))).toEqual(spec)
  })

  it('creates the map even when it writes nothing', () => {
    expect(applyVMSpec(EMPTY, {})).toEqual({ metadata: { annotations: {} } })
  })

  it('never blanks or removes what is there', () => {
    const pod = podWith({
      'cocoonset.cocoonstack.io/image': 'old',
      'cocoonset.cocoonstack.io/managed': 'true',
    })
    const before = structuredClone(pod)
    expect(applyVMSpec({ ...EMPTY, image: '', managed: false }, pod)).toEqual(before)
  })

  it('changes the pod it is given and returns it', () => {
    const pod: Pod = {}
    expect(applyVMSpec(FULL, pod)).toBe(pod)
    expect(applyVMSpec(FULL, null)).toBeNull()
    expect(applyVMSpec(FULL, undefined)).toBeUndefined()
  })
})

describe('fromAgentSpec', () => {
  it('fills in the defaults and is managed', () => {
    expect(fromAgentSpec({ image: 'i' }, 'v', '', '')).toEqual({
      ...EMPTY,
      vmName: 'v',
      image: 'i',
      mode: 'clone',
      os: 'linux',
      backend: 'cloud-hypervisor',
      snapshotPolicy: 'always',
      managed: true,
    })
  })

  it('takes over what is set', () => {
    const agent = {
      image: 'ubuntu:24.04',
      mode: 'clone',
      os: 'linux',
      storage: '20Gi',
      network: 'cocoon-dhcp',
      forcePull: true,
      noDirectIO: true,
      connType: 'ssh',
      backend: 'firecracker',
      probePort: 8080,
    }
    expect(fromAgentSpec(agent, 'vk-n-c-1', 'main-only', 'vk-n-c-0')).toEqual(FULL)
  })

  it.each([
    [0, ''],
    [-1, ''],
    [undefined, ''],
    [22, '22'],
    [70000, '70000'],
  ])('probePort %j is %j', (probePort, text) => {
    const agent = { image: 'i', ...(probePort === undefined ? {} : { probePort }) }
    expect(fromAgentSpec(agent, 'v', '', '').probePort).toBe(text)
  })

  it.each([
    ['1024Mi', '1Gi'],
    ['0.5', '500m'],
    [10, '10'],
  ])('storage %j is %j', (storage, text) => {
    expect(fromAgentSpec({ image: 'i', storage }, 'v', '', '').storage).toBe(text)
  })

  it('lets unknown values through', () => {
    const spec = fromAgentSpec({ image: 'i', mode: 'static', os: 'BeOS', connType: 'x' }, 'v', 'Never', '')
    expect(spec).toMatchObject({ mode: 'static', os: 'BeOS', connType: 'x', snapshotPolicy: 'Never' })
    expect(spec.managed).toBe(true)
  })
})

describe('fromToolboxSpec', () => {
  it.each([
    [undefined, 'run', true],
    ['', 'run', true],
    ['run', 'run', true],
    ['clone', 'clone', true],
    ['static', 'static', false],
    ['Static', 'Static', true],
  ])('mode %j is %j, managed %j', (mode, expected, managed) => {
    const spec = fromToolboxSpec({ name: 't', ...(mode === undefined ? {} : { mode }) }, 'v', '')
    expect(spec).toMatchObject({ mode: expected, managed })
  })

  it('keeps addresses out of the spec', () => {
    const toolbox = { name: 't', mode: 'static', staticIP: '10.0.0.1', staticVMID: 'x', vncPort: 5900 }
    expect(fromToolboxSpec(toolbox, 'v', 'never')).toEqual({
      ...EMPTY,
      vmName: 'v',
      mode: 'static',
      os: 'linux',
      backend: 'cloud-hypervisor',
      snapshotPolicy: 'never',
    })
  })
})
