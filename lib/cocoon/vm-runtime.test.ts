import { describe, expect, it } from 'vitest'
import type { Pod } from './kube-json.ts'
import { applyVMRuntime, parseVMRuntime } from './vm-runtime.ts'

const ZERO = { vmID: '', ip: '', vncPort: 0 }
const FULL = { vmID: 'id-1', ip: '10.0.0.7', vncPort: 5901 }
const ID = 'vm.cocoonstack.io/id'
const IP = 'vm.cocoonstack.io/ip'
const VNC = 'vm.cocoonstack.io/vnc-port'

describe('parseVMRuntime', () => {
  it.each([
    ['5901', 5901],
    ['+5901', 5901],
    ['05901', 5901],
    ['-1', -1],
    ['70000', 70000],
    ['2147483647', 2147483647],
    ['2147483648', 0],
    ['59o1', 0],
    [' 5901', 0],
    ['', 0],
  ])('reads the port %j as %d', (text, vncPort) => {
    expect(parseVMRuntime({ metadata: { annotations: { [VNC]: text } } })).toEqual({ ...ZERO, vncPort })
  })

  it('reads id and address as they stand', () => {
    const annotations = { [ID]: ' id ', [IP]: 'not an address' }
    expect(parseVMRuntime({ metadata: { annotations } })).toEqual({
      vmID: ' id ',
      ip: 'not an address',
      vncPort: 0,
    })
  })

  it.each([null, undefined, {}])('reads %j as nothing', (pod) => {
    expect(parseVMRuntime(pod)).toEqual(ZERO)
  })
})

describe('applyVMRuntime', () => {
  it('writes what is known', () => {
    expect(applyVMRuntime(FULL, {})).toEqual({
      metadata: { annotations: { [ID]: 'id-1', [IP]: '10.0.0.7', [VNC]: '5901' } },
    })
    expect(parseVMRuntime(applyVMRuntime(FULL, {}))).toEqual(FULL)
  })

  it.each([ZERO, { ...ZERO, vncPort: -1 }])('cannot clear with %j', (runtime) => {
    const pod = applyVMRuntime(FULL, {})
    expect(parseVMRuntime(applyVMRuntime(runtime, pod))).toEqual(FULL)
  })

  it('changes the pod it is given and returns it', () => {
    const pod: Pod = {}
    expect(applyVMRuntime(FULL, pod)).toBe(pod)
    expect(applyVMRuntime(FULL, null)).toBeNull()
  })
})
