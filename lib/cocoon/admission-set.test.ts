import { describe, expect, it } from 'vitest'
import { cocoonSetDenial, validateCocoonSetSpec } from './admission-set.ts'
import type { AgentSpec, ToolboxSpec } from './crd.ts'

const agent: AgentSpec = { image: 'ubuntu:24.04' }
const fields = (spec: object | null) => validateCocoonSetSpec(spec).map((error) => error.field)

describe('a spec', () => {
  it.each([
    { agent },
    { agent, snapshotPolicy: 'never', hibernatePolicy: 'release' },
    { agent, snapshotPolicy: '', hibernatePolicy: '' },
  ])('may be %j', (spec) => {
    expect(fields(spec)).toEqual([])
  })

  it.each([
    [null, ['spec.agent.image']],
    [{}, ['spec.agent.image']],
    [{ agent, snapshotPolicy: 'Always' }, ['spec.snapshotPolicy']],
    [{ agent, hibernatePolicy: 'drop' }, ['spec.hibernatePolicy']],
  ])('errs in %j at %j', (spec, expected) => {
    expect(fields(spec)).toEqual(expected)
  })

  it('is told all its errors at once, in order', () => {
    const spec = {
      snapshotPolicy: 'x',
      agent: { replicas: -1, mode: 'x', os: 'x' },
      toolboxes: [{ name: '7' }, { name: 'a', image: 'i' }, { name: 'a', image: 'i' }],
    }
    expect(fields(spec)).toEqual([
      'spec.agent.image',
      'spec.agent.replicas',
      'spec.agent.mode',
      'spec.snapshotPolicy',
      'spec.agent.os',
      'spec.toolboxes[0].name',
      'spec.toolboxes[0].image',
      'spec.toolboxes[2].name',
    ])
  })
})

describe('an agent', () => {
  it.each<Partial<AgentSpec>>([
    { mode: 'clone', image: 'vk-n-c-0:hibernate' },
    { mode: 'run', image: 'registry.example.com:5000/Ubuntu@sha256:01' },
    { mode: 'run', image: 'https://example.com/disk.img' },
    { os: 'macos', mode: 'run' },
    { os: 'windows', connType: 'rdp', backend: 'cloud-hypervisor' },
    { backend: 'firecracker', mode: 'run', replicas: 3 },
    { os: '', connType: '', backend: '', mode: '' },
    { probePort: 99999 },
  ])('may have %j', (part) => {
    expect(fields({ agent: { ...agent, ...part } })).toEqual([])
  })

  it.each<[Partial<AgentSpec>, string[]]>([
    [{ image: '' }, ['spec.agent.image']],
    [{ replicas: -1 }, ['spec.agent.replicas']],
    [{ mode: 'static' }, ['spec.agent.mode']],
    [{ os: 'Linux' }, ['spec.agent.os']],
    [{ connType: 'telnet' }, ['spec.agent.connType']],
    [{ backend: 'qemu' }, ['spec.agent.backend']],
    [{ backend: 'firecracker' }, ['spec.agent.mode']],
    [{ backend: 'firecracker', mode: 'clone' }, ['spec.agent.mode']],
    [{ backend: 'firecracker', mode: 'run', os: 'windows' }, ['spec.agent.os']],
    [{ backend: 'firecracker', mode: 'run', image: 'http://x/y' }, ['spec.agent.image']],
    [{ image: 'https://example.com/disk.img' }, ['spec.agent.image']],
    [{ image: 'repo:' }, ['spec.agent.image']],
    [{ image: 'registry:5000/a' }, ['spec.agent.image']],
  ])('may not have %j', (part, expected) => {
    expect(fields({ agent: { ...agent, ...part } })).toEqual(expected)
  })
})

describe('a toolbox', () => {
  const toolbox: ToolboxSpec = { name: 'db', image: 'postgres:17' }
  const address = { mode: 'static', staticIP: '10.0.0.1', staticVMID: 'x' }
  const at = (part: ToolboxSpec) => fields({ agent, toolboxes: [part] })

  it.each<ToolboxSpec>([
    toolbox,
    { ...toolbox, name: 'a'.repeat(63) },
    { ...toolbox, name: '0a' },
    { ...toolbox, name: '99999999999999999999' },
    { ...toolbox, image: 'https://example.com/disk.img' },
    { ...toolbox, mode: 'clone' },
    { ...address, name: 'pc' },
    { ...address, name: 'pc', staticIP: 'anything', os: 'BeOS', backend: 'qemu', connType: '' },
  ])('may be %j', (part) => {
    expect(at(part)).toEqual([])
  })

  it.each<[ToolboxSpec, string[]]>([
    [{ image: 'i' }, ['name']],
    [{ ...toolbox, name: 'A' }, ['name']],
    [{ ...toolbox, name: 'a_b' }, ['name']],
    [{ ...toolbox, name: '-a' }, ['name']],
    [{ ...toolbox, name: 'a'.repeat(64) }, ['name']],
    [{ ...toolbox, name: '3' }, ['name']],
    [{ ...toolbox, name: '007' }, ['name']],
    [{ ...toolbox, mode: 'fork' }, ['mode']],
    [{ name: 'db' }, ['image']],
    [{ ...toolbox, mode: 'clone', image: 'A' }, ['image']],
    [{ ...toolbox, os: 'BeOS', connType: 'x' }, ['os', 'connType']],
    [{ ...toolbox, backend: 'qemu' }, ['backend', 'backend']],
    [{ ...toolbox, backend: 'firecracker' }, ['backend']],
    [{ name: 'pc', mode: 'static' }, ['staticIP', 'staticVMID']],
    [{ ...address, name: 'pc', connType: 'x' }, ['connType']],
  ])('may not be %j', (part, expected) => {
    expect(at(part)).toEqual(expected.map((name) => `spec.toolboxes[0].${name}`))
  })

  it('shares the backend of its agent, given or by default', () => {
    const firecracker = { ...agent, backend: 'firecracker', mode: 'run' }
    expect(fields({ agent: firecracker, toolboxes: [{ ...toolbox, backend: 'firecracker' }] })).toEqual([])
    expect(fields({ agent: firecracker, toolboxes: [toolbox] })).toEqual(['spec.toolboxes[0].backend'])
    expect(fields({ agent, toolboxes: [{ ...toolbox, backend: 'cloud-hypervisor' }] })).toEqual([])
  })

  it('has a name of its own', () => {
    const toolboxes = [toolbox, { ...address, name: 'db' }, toolbox]
    expect(fields({ agent, toolboxes })).toEqual(['spec.toolboxes[1].name', 'spec.toolboxes[2].name'])
  })
})

describe('the denial', () => {
  it('joins all errors behind the prefix', () => {
    const errors = validateCocoonSetSpec({ agent: { replicas: -1 } })
    expect(cocoonSetDenial(errors)).toBe(
      'cocoon-webhook: invalid CocoonSet spec: spec.agent.image is required; spec.agent.replicas must be at least 0',
    )
  })

  it('is none without errors', () => {
    expect(cocoonSetDenial([])).toBeNull()
  })
})
