import { describe, expect, it } from 'vitest'
import type { AgentSpec, CocoonSetSpec, ToolboxSpec } from '../../cocoon/crd.ts'
import { NODE, webSet } from '../../../demo/testing/objects.ts'
import { driftOf } from './drift.ts'
import { agentPod, toolboxPod } from './pod-shape.ts'

const base = webSet({ agent: { replicas: 1, resources: { limits: { cpu: '2', memory: '4Gi' } } } })
/** Drift of the pod that stands, once the set says this. */
function agentDrift(agent: AgentSpec, spec: CocoonSetSpec = {}, slot = 0): string[] {
  const next = webSet({ ...spec, agent: { ...base.spec?.agent, ...agent } })
  return driftOf(agentPod(next, slot, NODE), agentPod(base, slot, NODE), next)
}

describe('driftOf', () => {
  const drifts: [string, AgentSpec, CocoonSetSpec, string[]][] = [
    ['nothing', {}, {}, []],
    ['the image', { image: 'ubuntu:26.04' }, {}, ['image']],
    ['the connection type', { connType: 'vnc' }, {}, ['connType']],
    ['the probe port', { probePort: 22 }, {}, ['probePort']],
    ['forced pulls', { forcePull: true }, {}, ['forcePull']],
    ['the snapshot policy', {}, { snapshotPolicy: 'never' }, ['snapshotPolicy']],
    [
      'memory',
      { resources: { limits: { cpu: '2', memory: '8Gi' } } },
      {},
      ['memory request', 'memory limit'],
    ],
    ['memory in other words', { resources: { limits: { cpu: '2000m', memory: '4096Mi' } } }, {}, []],
    ['the service account', { serviceAccountName: 'robot' }, {}, ['serviceAccountName']],
    ['the default service account by name', { serviceAccountName: 'default' }, {}, []],
    ['the environment', { envFrom: [{ secretRef: { name: 'keys' } }] }, {}, ['envFrom']],
    ['the pool', {}, { nodePool: 'fast' }, ['cocoonstack.io/pool']],
    ['storage', { storage: '20Gi' }, {}, ['storage']],
    ['a node name', {}, { nodeName: 'node-b' }, []],
    ['suspension', {}, { suspend: true }, []],
    ['the hibernate policy', {}, { hibernatePolicy: 'release' }, []],
    ['replicas', { replicas: 5 }, {}, []],
    ['a snapshot class on a pod without one', {}, { snapshotCompatibilityClass: 'icelake' }, []],
  ]
  it.each(drifts)('on %s', (_, agent, spec, wanted) => expect(agentDrift(agent, spec)).toEqual(wanted))

  it('leaves a fork its source', () => {
    const fork = agentPod(base, 1, NODE)
    fork.metadata = {
      ...fork.metadata,
      annotations: { ...fork.metadata?.annotations, 'vm.cocoonstack.io/fork-from': 'vk-other-0' },
    }
    expect(driftOf(agentPod(base, 1, NODE), fork, base)).toEqual([])
  })
  it('does not mind how a server writes the environment', () => {
    const envFrom = [{ secretRef: { name: 'keys' }, prefix: 'K_' }, { configMapRef: { name: '' } }]
    const set = webSet({ agent: { envFrom } })
    const stored = agentPod(set, 0)
    const [container] = stored.spec?.containers ?? []
    if (container) {
      container.envFrom = [{ prefix: 'K_', secretRef: { name: 'keys' } }, { configMapRef: {} }]
    }
    expect(driftOf(agentPod(set, 0), stored, set)).toEqual([])
  })
  it('sees the runtime of a static toolbox', () => {
    const box: ToolboxSpec = {
      name: 'screen',
      mode: 'static',
      staticIP: '10.0.0.7',
      staticVMID: 'vm-7',
      vncPort: 5900,
    }
    const moved = toolboxPod(base, { ...box, staticIP: '10.0.0.8' })
    expect(driftOf(moved, toolboxPod(base, box), base)).toEqual(['static runtime'])
    expect(driftOf(toolboxPod(base, box), toolboxPod(base, box), base)).toEqual([])
  })
})
