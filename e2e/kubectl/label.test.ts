import { beforeAll, describe, expect, it } from 'vitest'
import { idlePod } from './support/manifests.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('label')
beforeAll(async () => {
  await here.create(idlePod('a', { labels: { app: 'x' } }))
  await here.create(idlePod('b', { labels: { app: 'x' } }))
})

const LABEL_VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const LABEL_KEY =
  "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"

describe('kubectl label', () => {
  it('sets, keeps, overwrites and removes', async () => {
    expect(await here.ok('label pod a l=1')).toBe('pod/a labeled')
    expect(await here.ok('label pod a l=1')).toBe('pod/a not labeled')
    expect(await here.refusal('label pod a l=2')).toBe(
      "error: 'l' already has a value (1), and --overwrite is false",
    )
    expect(await here.ok('label pod a l=2 --overwrite')).toBe('pod/a labeled')
    expect((await here.ok('label pod a --list')).split('\n').sort()).toEqual(['app=x', 'l=2'])
    expect(await here.ok('label pod a l-')).toBe('pod/a unlabeled')
    expect(await here.ok('label pod a l-')).toBe('label "l" not found.\npod/a not labeled')
  })

  it('sets many at once', async () => {
    expect(await here.ok('label pods --all z=1')).toBe('pod/a labeled\npod/b labeled')
    expect(await here.ok('label pods -l app=x z=2 --overwrite')).toBe('pod/a labeled\npod/b labeled')
    expect(await here.ok('get pods -l z=2 -o name')).toBe('pod/a\npod/b')
  })

  it('sets nothing in a dry run', async () => {
    expect(await here.ok('label pod a dry=1 --dry-run=server')).toBe('pod/a labeled (server dry run)')
    expect(await here.ok('get pods -l dry -o name')).toBe('')
  })

  it.concurrent.for<[args: string[], complaint: string]>([
    [['pod', 'zz', 'a=1'], 'Error from server (NotFound): pods "zz" not found'],
    [['pod', 'a', 'l=a b'], `error: invalid label value: "l=a b": ${LABEL_VALUE}`],
    [
      ['pod', 'a', 'x=1', '--resource-version=1'],
      'Error from server (Conflict): Operation cannot be fulfilled on pods "a": the object has been modified; please apply your changes to the latest version and try again',
    ],
  ])('refuses %j', async ([args, complaint]) => {
    expect(await here.refusal(['label', ...args])).toBe(complaint)
  })
})

describe('kubectl annotate', () => {
  it('sets, overwrites and removes', async () => {
    expect(await here.ok('annotate pod a n=1')).toBe('pod/a annotated')
    expect(await here.refusal('annotate pod a n=2')).toBe(
      "error: --overwrite is false but found the following declared annotation(s): 'n' already has a value (1)",
    )
    expect(await here.ok('annotate pod a n=2 --overwrite')).toBe('pod/a annotated')
    expect(await here.ok('annotate pod a --list')).toContain('n=2')
    expect(await here.ok('annotate pod a n-')).toBe('pod/a annotated')
    expect(await here.ok('get pod a -o jsonpath={.metadata.annotations}')).toBe('')
  })

  it('refuses a key that is none', async () => {
    expect(await here.refusal('annotate pod a b/c/d=1')).toBe(
      `The Pod "a" is invalid: metadata.annotations: Invalid value: "b/c/d": ${LABEL_KEY}`,
    )
  })
})
