import { expect, it } from 'vitest'
import { threeWay } from './three-way.ts'

const BASE = {
  metadata: { name: 'web' },
  spec: { agent: { image: 'a:1', replicas: 1 }, toolboxes: [{ name: 'db', image: 'x' }, { name: 'sh' }] },
}
const ofSpec = (spec: object) => ({ ...BASE, spec: { ...BASE.spec, ...spec } })
const TWO = BASE.spec.toolboxes

it.each<[string, object, object, object]>([
  ['nothing', BASE, BASE, { taken: [], clashes: [] }],
  ['mine alone', ofSpec({ nodeName: 'n' }), BASE, { taken: [], clashes: [] }],
  [
    'theirs alone',
    BASE,
    ofSpec({ nodeName: 'n' }),
    { taken: [{ path: ['spec', 'nodeName'], value: 'n' }], clashes: [] },
  ],
  ['the same twice', ofSpec({ nodeName: 'n' }), ofSpec({ nodeName: 'n' }), { taken: [], clashes: [] }],
  [
    'neighbours',
    ofSpec({ agent: { image: 'a:2', replicas: 1 } }),
    ofSpec({ agent: { image: 'a:1', replicas: 3 } }),
    { taken: [{ path: ['spec', 'agent', 'replicas'], value: 3 }], clashes: [] },
  ],
  [
    'one field to two values',
    ofSpec({ agent: { image: 'a:2', replicas: 1 } }),
    ofSpec({ agent: { image: 'a:3', replicas: 1 } }),
    { taken: [], clashes: [{ path: ['spec', 'agent', 'image'], base: 'a:1', mine: 'a:2', theirs: 'a:3' }] },
  ],
  [
    'a field that they took away',
    BASE,
    { ...BASE, spec: { ...BASE.spec, agent: { image: 'a:1' } } },
    { taken: [{ path: ['spec', 'agent', 'replicas'], value: undefined }], clashes: [] },
  ],
  [
    'different items of the same list',
    ofSpec({ toolboxes: [{ name: 'db', image: 'y' }, { name: 'sh' }] }),
    ofSpec({
      toolboxes: [
        { name: 'db', image: 'x' },
        { name: 'sh', os: 'linux' },
      ],
    }),
    { taken: [{ path: ['spec', 'toolboxes', 1, 'os'], value: 'linux' }], clashes: [] },
  ],
  [
    'a list that both lengthen',
    ofSpec({ toolboxes: [...TWO, { name: 'm' }] }),
    ofSpec({ toolboxes: [...TWO, { name: 't' }] }),
    {
      taken: [],
      clashes: [
        {
          path: ['spec', 'toolboxes'],
          base: TWO,
          mine: [...TWO, { name: 'm' }],
          theirs: [...TWO, { name: 't' }],
        },
      ],
    },
  ],
  [
    'a list that they lengthen',
    BASE,
    ofSpec({ toolboxes: [...TWO, { name: 't' }] }),
    { taken: [{ path: ['spec', 'toolboxes'], value: [...TWO, { name: 't' }] }], clashes: [] },
  ],
  [
    'labels that both begin',
    { ...BASE, metadata: { name: 'web', labels: { a: '1' } } },
    { ...BASE, metadata: { name: 'web', labels: { b: '2' } } },
    { taken: [{ path: ['metadata', 'labels', 'b'], value: '2' }], clashes: [] },
  ],
  ['the order of fields', { spec: BASE.spec, metadata: BASE.metadata }, BASE, { taken: [], clashes: [] }],
])('%s', (_, mine, theirs, wanted) => expect(threeWay(BASE, mine, theirs)).toEqual(wanted))
