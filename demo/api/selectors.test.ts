import { describe, expect, it } from 'vitest'
import { BUILTIN_RESOURCES } from './builtin-resources.ts'
import { labelSelector } from './label-selector.ts'
import { selectionOf } from './selection.ts'

const labels = { app: 'web', tier: 'front', 'a.b/c': '', size: '12' }

describe('label selectors', () => {
  it.each([
    ['app=web', true],
    ['app==web', true],
    ['app = web', true],
    ['app=db', false],
    ['app!=db', true],
    ['app!=web', false],
    ['none!=x', true],
    ['app', true],
    ['none', false],
    ['!none', true],
    ['! app', false],
    ['a.b/c', true],
    ['a.b/c=', true],
    ['app in (web, db)', true],
    ['app in (db)', false],
    ['none in (x)', false],
    ['app notin (db)', true],
    ['app notin (web)', false],
    ['none notin (x)', true],
    ['a.b/c in ()', true],
    ['a.b/c in (,x)', true],
    ['app in (db,)', false],
    ['in', false],
    ['app in (in,web)', true],
    ['app=web,tier=front', true],
    ['app=web,tier=back', false],
    ['app in (web,db),!none,size>5', true],
    ['size<12', false],
    ['size>11', true],
    ['app>1', false],
    ['constructor', false],
  ])('%s is %s', (selector, expected) => {
    expect(labelSelector(selector)?.(labels)).toBe(expected)
  })

  it.each(['', ' ', null])('%j selects everything', (selector) => {
    expect(labelSelector(selector)).toBeUndefined()
  })

  it.each([
    ['app=a b', "found 'b', expected: ',' or 'end of string'"],
    ['app in web', "unable to parse requirement: found 'web' expected: '('"],
    ['app in (a', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['app b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['app===b', "unable to parse requirement: found '=', expected: identifier"],
    ['!!app', "unable to parse requirement: found '!', expected: identifier"],
    ['=x', "found '=', expected: !, identifier, or 'end of string'"],
    ['a,,b', "found ',', expected: identifier after ','"],
    ['app=web,', "found '', expected: identifier after ','"],
    ['size>big', "values[0]: Invalid value: \"big\": for 'Gt', 'Lt' operators, the value must be an integer"],
    ['-a=b', '<nil>: Invalid value: "-a": name part must consist of'],
    ['app=ä', 'values[0][app]: Invalid value: "ä": a valid label must be'],
    ['__proto__', '<nil>: Invalid value: "__proto__": name part must consist of'],
  ])('%s is refused', (selector, message) => {
    expect(() => labelSelector(selector)).toThrow(message)
  })
})

describe('field selectors', () => {
  const pods = BUILTIN_RESOURCES.find((one) => one.id === 'pods')
  const events = BUILTIN_RESOURCES.find((one) => one.id === 'events')
  const pod = {
    metadata: { name: 'a', namespace: 'n', labels },
    spec: { nodeName: 'one' },
    status: { phase: 'Running' },
  }
  const event = {
    metadata: { name: 'e', namespace: 'n' },
    involvedObject: { kind: 'Pod', name: 'a', uid: 'u' },
    source: { component: 'kubelet' },
  }
  const select = (resource: typeof pods, fieldSelector: string) => {
    if (!resource) throw new Error('the resource is not in the table')
    return selectionOf(resource, new URLSearchParams({ fieldSelector }))
  }

  it.each([
    [pods, 'metadata.name=a', pod, true],
    [pods, 'metadata.name==b', pod, false],
    [pods, 'metadata.name!=b', pod, true],
    [pods, 'metadata.namespace=n', pod, true],
    [pods, 'spec.nodeName=one,status.phase=Running', pod, true],
    [pods, 'spec.nodeName=one,status.phase!=Running', pod, false],
    [pods, 'spec.nodeName=', pod, false],
    [pods, 'status.podIP=', pod, true],
    [events, 'involvedObject.kind=Pod,involvedObject.name=a,involvedObject.uid=u', event, true],
    [events, 'involvedObject.name=b', event, false],
    [events, 'source=kubelet', event, true],
  ])('of %o: %s', (resource, selector, object, expected) => {
    expect(select(resource, selector).matches?.(object)).toBe(expected)
  })

  it('names the one object that can match', () => {
    expect(select(pods, 'metadata.name=a').name).toBe('a')
    expect(select(pods, 'metadata.name!=a').name).toBeUndefined()
  })

  it('go together with labels', () => {
    if (!pods) throw new Error('the resource is not in the table')
    const query = new URLSearchParams({ labelSelector: 'app=db', fieldSelector: 'metadata.name=a' })
    expect(selectionOf(pods, query).matches?.(pod)).toBe(false)
  })

  it.each([
    ['spec.color=red', 'field label not supported: spec.color'],
    ['nonsense', "invalid selector: 'nonsense'; can't understand 'nonsense'"],
  ])('%s is refused', (selector, message) => {
    expect(() => select(pods, selector)).toThrow(message)
  })
})
