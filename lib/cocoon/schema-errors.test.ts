import { describe, expect, it } from 'vitest'
import { schemaErrors } from './schema-errors.ts'
import { COCOON_HIBERNATION_SCHEMA } from './schema-hibernation.ts'
import { COCOON_SET_SCHEMA } from './schema-set.ts'

const agent = { image: 'i' }
const inSpec = (fields: object) => ({ spec: { agent, ...fields } })
const inAgent = (fields: object) => ({ spec: { agent: { ...agent, ...fields } } })
const inToolbox = (fields: object) => ({ spec: { agent, toolboxes: [{ name: 'a', ...fields }] } })

const lines = (set: unknown) =>
  schemaErrors(COCOON_SET_SCHEMA, set).map(({ field, message }) => `${field}: ${message}`)

describe('a CocoonSet', () => {
  it.each([
    inSpec({}),
    inSpec({
      suspend: true,
      snapshotPolicy: 'never',
      hibernatePolicy: 'release',
      nodePool: '',
      nodeName: 'n1',
    }),
    inSpec({ snapshotCompatibilityClass: '' }),
    inSpec({ snapshotCompatibilityClass: 'a'.repeat(63) }),
    inAgent({ replicas: 0, mode: 'run', os: 'macos', backend: 'firecracker', connType: 'vnc' }),
    inAgent({ probePort: 65535, storage: '20Gi' }),
    inAgent({ probePort: 0, storage: 10 }),
    // The API server does not mind; the operator cannot read it.
    inAgent({ replicas: 2 ** 31 }),
    inAgent({ resources: { requests: { cpu: 1, memory: '1.5Gi' }, claims: [{ name: 'a' }, { name: 'b' }] } }),
    inAgent({ envFrom: [{ prefix: 'P', secretRef: { name: 's', optional: true } }] }),
    inToolbox({ mode: 'static', staticIP: 'not checked', staticVMID: 'x', vncPort: 5900 }),
    {
      status: {
        phase: 'Waking',
        agents: [
          { slot: 0, role: 'main' },
          { slot: 1, role: 'sub-agent' },
        ],
      },
    },
  ])('may be %j', (set) => {
    expect(lines(set)).toEqual([])
  })

  it.each([
    [{ spec: {} }, ['spec.agent: Required value']],
    [{ spec: { agent: {} } }, ['spec.agent.image: Required value']],
    [
      inAgent({ image: '' }),
      ['spec.agent.image: Invalid value: "": spec.agent.image in body should be at least 1 chars long'],
    ],
    [
      inSpec({ snapshotPolicy: 'Never' }),
      ['spec.snapshotPolicy: Unsupported value: "Never": supported values: "always", "main-only", "never"'],
    ],
    [
      inSpec({ hibernatePolicy: '' }),
      ['spec.hibernatePolicy: Unsupported value: "": supported values: "retain", "release"'],
    ],
    [
      inAgent({ mode: 'static' }),
      ['spec.agent.mode: Unsupported value: "static": supported values: "clone", "run"'],
    ],
    [
      inAgent({ connType: 'SSH' }),
      ['spec.agent.connType: Unsupported value: "SSH": supported values: "ssh", "rdp", "vnc", "adb"'],
    ],
    [
      inAgent({ replicas: -1 }),
      [
        'spec.agent.replicas: Invalid value: -1: spec.agent.replicas in body should be greater than or equal to 0',
      ],
    ],
    [
      inAgent({ replicas: 1.5 }),
      [
        'spec.agent.replicas: Invalid value: "number": spec.agent.replicas in body must be of type integer: "number"',
      ],
    ],
    [
      inAgent({ probePort: 65536 }),
      [
        'spec.agent.probePort: Invalid value: 65536: spec.agent.probePort in body should be less than or equal to 65535',
      ],
    ],
    [
      inSpec({ suspend: 'yes' }),
      ['spec.suspend: Invalid value: "string": spec.suspend in body must be of type boolean: "string"'],
    ],
    [
      inSpec({ nodeName: null }),
      ['spec.nodeName: Invalid value: "null": spec.nodeName in body must be of type string: "null"'],
    ],
    [
      inSpec({ hibernatePolicy: null }),
      [
        'spec.hibernatePolicy: Invalid value: "null": spec.hibernatePolicy in body must be of type string: "null"',
        'spec.hibernatePolicy: Unsupported value: null: supported values: "retain", "release"',
      ],
    ],
    [
      inSpec({ toolboxes: {} }),
      ['spec.toolboxes: Invalid value: "object": spec.toolboxes in body must be of type array: "object"'],
    ],
    [
      inSpec({ snapshotCompatibilityClass: '-a' }),
      [
        'spec.snapshotCompatibilityClass: Invalid value: "-a": spec.snapshotCompatibilityClass in body should match ' +
          "'^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$'",
      ],
    ],
    [
      inSpec({ snapshotCompatibilityClass: 'a'.repeat(64) }),
      ['spec.snapshotCompatibilityClass: Too long: may not be more than 63 bytes'],
    ],
    [
      inToolbox({ name: 'A_b' }),
      [
        'spec.toolboxes[0].name: Invalid value: "A_b": spec.toolboxes[0].name in body should match ' +
          "'^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'",
      ],
    ],
    [{ spec: { agent, toolboxes: [{}] } }, ['spec.toolboxes[0].name: Required value']],
    [
      inAgent({ storage: 1.5 }),
      [
        'spec.agent.storage: Invalid value: "number": spec.agent.storage in body must be of type integer,string: "number"',
      ],
    ],
    [
      inAgent({ resources: { claims: [{ name: 'a' }, { name: 'a' }] } }),
      ['spec.agent.resources.claims[1]: Duplicate value: {"name":"a"}'],
    ],
    [
      {
        status: {
          agents: [
            { slot: 1, role: 'a' },
            { slot: 1, role: 'b' },
          ],
        },
      },
      ['status.agents[1]: Duplicate value: {"slot":1}'],
    ],
    [
      { status: { agents: [{}] } },
      ['status.agents[0].role: Required value', 'status.agents[0].slot: Required value'],
    ],
    [null, [': Invalid value: "null":  in body must be of type object: "null"']],
  ])('may not be %j', (set, expected) => {
    expect(lines(set)).toEqual(expected)
  })

  it.each(['5Q', '', 'Gi', '1 Gi', '1e', '--1'])('may not ask for %j of storage', (storage) => {
    expect(lines(inAgent({ storage }))).toEqual([
      expect.stringContaining('spec.agent.storage in body should match'),
    ])
  })

  it('is told all its errors at once', () => {
    const set = {
      spec: { agent: { replicas: -1, os: 'BeOS' }, toolboxes: [{ vncPort: -1 }], snapshotPolicy: 1 },
    }
    const fields = schemaErrors(COCOON_SET_SCHEMA, set).map((error) => error.field)
    expect(fields).toEqual([
      'spec.agent.image',
      'spec.agent.replicas',
      'spec.agent.os',
      'spec.toolboxes[0].name',
      'spec.toolboxes[0].vncPort',
      'spec.snapshotPolicy',
      'spec.snapshotPolicy',
    ])
  })
})

describe('conditions', () => {
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'Done',
    message: '',
    lastTransitionTime: '2026-07-01T10:00:00Z',
  }
  const fieldsOf = (conditions: unknown) =>
    schemaErrors(COCOON_HIBERNATION_SCHEMA, { status: { conditions } }).map((error) => error.field)

  it.each([
    [ready, []],
    [{ ...ready, observedGeneration: 3 }, []],
    [{ ...ready, observedGeneration: -1 }, ['.observedGeneration']],
    [{ ...ready, status: 'true' }, ['.status']],
    [{ ...ready, reason: '' }, ['.reason']],
    [{ ...ready, reason: 'not one word' }, ['.reason']],
    [{ ...ready, message: 'm'.repeat(32769) }, ['.message']],
    [{ ...ready, lastTransitionTime: 'yesterday' }, ['.lastTransitionTime']],
    [{ ...ready, lastTransitionTime: '2026-13-01T10:00:00Z' }, ['.lastTransitionTime']],
    [{ ...ready, lastTransitionTime: '2026-02-30T10:00:00Z' }, ['.lastTransitionTime']],
    [{ ...ready, lastTransitionTime: '2026-07-01T23:59:59.5+02:00' }, []],
    [{ type: 'Ready', status: 'True' }, ['.lastTransitionTime', '.message', '.reason']],
  ])('%j', (condition, fields) => {
    expect(fieldsOf([condition])).toEqual(fields.map((field) => `status.conditions[0]${field}`))
  })

  it('have unique types', () => {
    expect(fieldsOf([ready, ready])).toEqual(['status.conditions[1]'])
  })
})

describe('a CocoonHibernation', () => {
  it.each([
    [{ podRef: { name: 'p' }, desire: 'Hibernate' }, []],
    [{}, ['spec.desire', 'spec.podRef']],
    [{ podRef: {}, desire: 'Wake' }, ['spec.podRef.name']],
    [{ podRef: { name: '' }, desire: 'wake' }, ['spec.podRef.name', 'spec.desire']],
  ])('with spec %j errs at %j', (spec, fields) => {
    expect(schemaErrors(COCOON_HIBERNATION_SCHEMA, { spec }).map((error) => error.field)).toEqual(fields)
  })
})
