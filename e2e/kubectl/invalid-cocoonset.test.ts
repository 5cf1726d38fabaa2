import { describe, expect, it } from 'vitest'
import { sortedCauses } from './support/table.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('bad-set')

const set = (rest: string, name = 'x') =>
  `apiVersion: cocoonset.cocoonstack.io/v1\nkind: CocoonSet\nmetadata: {name: ${name}}\n${rest}\n`
const spec = (fields: string) => set(`spec: ${fields}`)

const INVALID = 'The CocoonSet "x" is invalid:'
const UNCHECKED =
  '* <nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation'
const QUANTITY =
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$'
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

const CASES: [what: string, manifest: string, complaint: readonly string[]][] = [
  [
    'unknown fields',
    spec('{agent: {image: a, bogus: 1}, nosuch: 2}'),
    [
      'Error from server (BadRequest): error when creating "STDIN": CocoonSet in version "v1" cannot be handled as a CocoonSet: strict decoding error: unknown field "spec.agent.bogus", unknown field "spec.nosuch"',
    ],
  ],
  [
    'wrong types',
    spec('{agent: {image: 5, replicas: two}}'),
    [
      INVALID,
      UNCHECKED,
      '* spec.agent.image: Invalid value: "integer": spec.agent.image in body must be of type string: "integer"',
      '* spec.agent.replicas: Invalid value: "string": spec.agent.replicas in body must be of type integer: "string"',
    ],
  ],
  [
    'a scalar for an object',
    spec('hello'),
    [INVALID, UNCHECKED, '* spec: Invalid value: "string": spec in body must be of type object: "string"'],
  ],
  ['a missing object', spec('{}'), [INVALID, UNCHECKED, '* spec.agent: Required value']],
  ['a missing text', spec('{agent: {}}'), [INVALID, UNCHECKED, '* spec.agent.image: Required value']],
  [
    'words outside an enum',
    spec('{agent: {image: a, mode: frob}, snapshotPolicy: Always}'),
    [
      INVALID,
      UNCHECKED,
      '* spec.agent.mode: Unsupported value: "frob": supported values: "clone", "run"',
      '* spec.snapshotPolicy: Unsupported value: "Always": supported values: "always", "main-only", "never"',
    ],
  ],
  [
    'texts against a pattern',
    spec('{agent: {image: a, storage: lots}, toolboxes: [{name: Bad_Name, image: a}]}'),
    [
      INVALID,
      `* spec.agent.storage: Invalid value: "lots": spec.agent.storage in body should match '${QUANTITY}'`,
      `* spec.toolboxes[0].name: Invalid value: "Bad_Name": spec.toolboxes[0].name in body should match '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'`,
    ],
  ],
  [
    'numbers out of bounds',
    spec('{agent: {image: a, replicas: -1, probePort: 70000}}'),
    [
      INVALID,
      '* spec.agent.probePort: Invalid value: 70000: spec.agent.probePort in body should be less than or equal to 65535',
      '* spec.agent.replicas: Invalid value: -1: spec.agent.replicas in body should be greater than or equal to 0',
    ],
  ],
  [
    'an empty text',
    spec('{agent: {image: ""}}'),
    [
      `${INVALID} spec.agent.image: Invalid value: "": spec.agent.image in body should be at least 1 chars long`,
    ],
  ],
  [
    'a long text',
    spec(`{agent: {image: a}, snapshotCompatibilityClass: ${'a'.repeat(64)}}`),
    [INVALID, UNCHECKED, '* spec.snapshotCompatibilityClass: Too long: may not be more than 63 bytes'],
  ],
  [
    'a number beyond its format',
    spec('{agent: {image: a, replicas: 99999999999}}'),
    [
      `${INVALID} <nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.agent.replicas`,
    ],
  ],
  [
    'a fraction',
    spec('{agent: {image: a, replicas: 1.5}}'),
    [
      INVALID,
      '* <nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.agent.replicas',
      UNCHECKED,
      '* spec.agent.replicas: Invalid value: "float64": spec.agent.replicas in body must be of type int32: "float64"',
    ],
  ],
  [
    'a broken CEL rule',
    spec('{agent: {image: a, mode: run, replicas: 2}, hibernatePolicy: release}'),
    [`${INVALID} spec: Invalid value: hibernatePolicy=release requires agent.replicas=0 and no toolboxes`],
  ],
  [
    'a name that is none',
    set('spec: {agent: {image: a, mode: run}}', 'Bad_Name'),
    [`The CocoonSet "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": ${SUBDOMAIN}`],
  ],
  [
    'what the webhook denies',
    spec('{agent: {image: "Not:A:Repo", mode: clone}}'),
    [
      `Error from server (Forbidden): error when creating "STDIN": admission webhook "cocoonsets.validate.cocoonstack.io" denied the request: cocoon-webhook: invalid CocoonSet spec: spec.agent.image must be a relative repo[:tag] to clone from, not "Not:A:Repo"`,
    ],
  ],
]

describe('a CocoonSet that is refused', () => {
  it.concurrent.for(CASES)('for %s', async ([, manifest, complaint]) => {
    expect(sortedCauses(await here.refusal('create -f -', { stdin: manifest }))).toEqual(complaint)
  })

  it('is not there afterwards', async () => {
    expect(await here.ok('get cocoonsets -o name')).toBe('')
  })
})

describe('unknown fields', () => {
  const manifest = spec('{agent: {image: a, mode: run, bogus: 1}, nosuch: 2}')

  it('pass in silence when nothing shall be validated', async () => {
    const outcome = await here.kubectl('create --validate=ignore --dry-run=server -f -', { stdin: manifest })
    expect(outcome).toEqual({
      code: 0,
      stderr: '',
      stdout: 'cocoonset.cocoonset.cocoonstack.io/x created (server dry run)\n',
    })
  })

  it('pass with warnings when one shall be warned', async () => {
    const { code, stderr } = await here.kubectl('create --validate=warn --dry-run=server -f -', {
      stdin: manifest,
    })
    expect(code).toBe(0)
    expect(stderr).toBe('Warning: unknown field "spec.agent.bogus"\nWarning: unknown field "spec.nosuch"\n')
  })

  it('are pruned', async () => {
    const made = await here.ok('create --validate=ignore --dry-run=server -o json -f -', { stdin: manifest })
    expect(JSON.parse(made)).toHaveProperty('spec.agent.image', 'a')
    expect(made).not.toContain('bogus')
  })
})
