import { describe, expect, it } from 'vitest'
import { suggestionsAt } from './complete.ts'

/** The labels that are offered at the `|` of a text. */
const offered = (marked: string) => {
  const cursor = marked.indexOf('|')
  return suggestionsAt(marked.replace('|', ''), cursor)?.options.map(({ label }) => label) ?? []
}
const insertOf = (marked: string, label: string) =>
  suggestionsAt(marked.replace('|', ''), marked.indexOf('|'))?.options.find(
    (option) => option.label === label,
  )?.insert

describe('completion', () => {
  it.each<[string, string, string[]]>([
    ['the top', '|', ['apiVersion', 'kind', 'metadata', 'spec']],
    ['the top, with fields', 'kind: CocoonSet\nspec:\n|', ['apiVersion', 'metadata']],
    ['metadata', 'metadata:\n  name: web\n  |', ['namespace', 'labels', 'annotations']],
    [
      'inside an agent',
      'spec:\n  agent:\n    image: x\n    re|',
      ['replicas', 'resources', 'serviceAccountName'],
    ],
    ['the resources', 'spec:\n  agent:\n    resources:\n      |', ['claims', 'limits', 'requests']],
    ['an enumeration', 'spec:\n  agent:\n    os: |', ['linux', 'windows', 'android', 'macos']],
    ['a half-typed value', 'spec:\n  agent:\n    backend: fire|', ['cloud-hypervisor', 'firecracker']],
    ['a flag', 'spec:\n  suspend: |', ['true', 'false']],
    ['a default', 'spec:\n  nodePool: |', ['default']],
    ['a new item', 'spec:\n  toolboxes:\n    - |', ['name', 'staticIP']],
    [
      'the next field of an item',
      'spec:\n  toolboxes:\n    - name: db\n      st|',
      ['staticIP', 'staticVMID', 'storage'],
    ],
    [
      'a field deeper in an item',
      'spec:\n  toolboxes:\n    - name: db\n      resources:\n        li|',
      ['limits'],
    ],
    [
      'a list that is not indented',
      'spec:\n  toolboxes:\n  - name: db\n    os: |',
      ['linux', 'windows', 'android', 'macos'],
    ],
    [
      'the second item',
      'spec:\n  toolboxes:\n    - name: a\n    - name: b\n      mode: |',
      ['run', 'clone', 'static'],
    ],
    [
      'a secret of the environment',
      'spec:\n  agent:\n    envFrom:\n      - secretRef:\n          |',
      ['name', 'optional'],
    ],
    ['after a comment', 'spec:\n  agent:\n    # the image\n    ima|', ['image']],
    [
      'in a text that does not parse',
      'spec:\n  agent:\n    image: [\n    os: |',
      ['linux', 'windows', 'android', 'macos'],
    ],
  ])('%s', (_, text, wanted) => expect(offered(text)).toEqual(expect.arrayContaining(wanted)))

  it.each([
    ['what is there already', 'spec:\n  agent:\n    image: x\n    |\n    os: linux', ['image', 'os']],
    ['fields of the other item', 'spec:\n  toolboxes:\n    - name: a\n      |\n    - image: b', ['name']],
    ['fields of the status', 'sta|', ['status']],
  ])('does not offer %s', (_, text, unwanted) => {
    const labels = offered(text)
    expect(labels.length).toBeGreaterThan(0)
    expect(labels).not.toEqual(expect.arrayContaining(unwanted))
  })
  it.each([
    'spec:\n  agent:\n    network: |',
    'spec:\n  agent:\n    image: x |',
    'metadata:\n  labels:\n    |',
  ])('offers nothing where nothing is known: %j', (text) => expect(offered(text)).toEqual([]))
  it('opens what it puts in', () => {
    expect(insertOf('spec:\n  |', 'agent')).toBe('agent:\n    ')
    expect(insertOf('spec:\n  |', 'toolboxes')).toBe('toolboxes:\n    - ')
    expect(insertOf('spec:\n  |', 'nodeName')).toBe('nodeName: ')
  })
})
