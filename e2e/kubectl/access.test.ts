import { beforeAll, describe, expect, it } from 'vitest'
import { configMap, idlePod } from './support/manifests.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('access')
beforeAll(async () => {
  await here.create(idlePod('a'))
  await here.ok('create serviceaccount bob')
  await here.ok('create role reader --verb=get,list --resource=pods,cocoonsets')
  await here.ok(`create rolebinding reader --role=reader --serviceaccount=${here.name}:bob`)
})
const bob = () => `--as=system:serviceaccount:${here.name}:bob`

describe('kubectl auth whoami', () => {
  it('tells the administrator', async () => {
    expect(await here.ok('auth whoami')).toMatch(
      /^ATTRIBUTE +VALUE\nUsername +\S+\n(UID .*\n)?Groups +\[system:masters system:authenticated\]$/,
    )
  })

  it('tells whom one acts as', async () => {
    expect(await here.ok('auth whoami --as=nobody --as-group=g1')).toMatch(
      /^ATTRIBUTE +VALUE\nUsername +nobody\nGroups +\[g1 system:authenticated\]$/,
    )
  })

  it('tells the account of a token', async () => {
    const token = await here.ok('create token bob')
    const said = await here.ok(['auth', 'whoami', '--token', token, '-o', 'json'])
    expect(JSON.parse(said).status.userInfo).toMatchObject({
      username: `system:serviceaccount:${here.name}:bob`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${here.name}`, 'system:authenticated'],
    })
  })

  it('does not know a token that nobody gave', async () => {
    expect(await here.refusal('auth whoami --token=nonsense')).toContain('Unauthorized')
  })
})

describe('kubectl auth can-i', () => {
  it.concurrent.for<[args: string]>([
    ['get pods'],
    ['create cocoonsets'],
    ['patch cocoonsets/status'],
    ['create pods/exec'],
    ['delete nodes'],
    ['get /healthz'],
  ])('the administrator can %s', async ([args]) => {
    expect(await here.ok(`auth can-i ${args}`)).toBe('yes')
  })

  it('lists what the administrator can', async () => {
    const text = await here.ok('auth can-i --list')
    expect(text).toMatch(
      /^Resources +Non-Resource URLs +Resource Names +Verbs\n\*\.\* +\[\] +\[\] +\[\*\]\n +\[\*\] +\[\] +\[\*\]/,
    )
  })

  it('knows no kind that is not served', async () => {
    const { stdout, stderr } = await here.kubectl('auth can-i get nosuch')
    expect({ stdout, stderr }).toEqual({
      stdout: 'yes\n',
      stderr: "Warning: the server doesn't have a resource type 'nosuch'\n\n",
    })
  })
})

describe('an account with a role', () => {
  it.for<[args: string, answer: string, code: number]>([
    ['get pods', 'yes', 0],
    ['list cocoonsets', 'yes', 0],
    ['delete pods', 'no', 1],
    ['get secrets', 'no', 1],
    ['create pods/exec', 'no', 1],
  ])('can it %s? %s', async ([args, answer, code]) => {
    const { code: ended, stdout } = await here.kubectl(`auth can-i ${args} ${bob()}`)
    expect({ code: ended, answer: stdout.trim() }).toEqual({ code, answer })
  })

  it('reads what it may', async () => {
    expect(await here.ok(`get pods -o name ${bob()}`)).toBe('pod/a')
  })

  it('is listed with its rules', async () => {
    const text = await here.ok(`auth can-i --list ${bob()}`)
    expect(text).toMatch(/\npods +\[\] +\[\] +\[get list\]/)
    expect(text).toMatch(/\ncocoonsets\.cocoonset\.cocoonstack\.io +\[\] +\[\] +\[get list\]/)
    expect(text).toMatch(/\nselfsubjectaccessreviews\.authorization\.k8s\.io +\[\] +\[\] +\[create\]/)
  })
})

describe('who may not', () => {
  const user = () => `User "system:serviceaccount:${here.name}:bob"`
  const inside = () => `in the namespace "${here.name}"`
  it.for<[args: string, said: () => string]>([
    [
      'get nodes',
      () => `nodes is forbidden: ${user()} cannot list resource "nodes" in API group "" at the cluster scope`,
    ],
    [
      'get secrets',
      () => `secrets is forbidden: ${user()} cannot list resource "secrets" in API group "" ${inside()}`,
    ],
    [
      'delete pod a',
      () => `pods "a" is forbidden: ${user()} cannot delete resource "pods" in API group "" ${inside()}`,
    ],
    ['label cocoonset a x=y', () => 'cocoonsets.cocoonset.cocoonstack.io "a" not found'],
    ['get --raw /metrics', () => `forbidden: ${user()} cannot get path "/metrics"`],
  ])('%s', async ([args, said]) => {
    expect(await here.refusal(`${args} ${bob()}`)).toMatch(/^Error from server \((Forbidden|NotFound)\): /)
    expect(await here.refusal(`${args} ${bob()}`)).toContain(said())
  })

  it('creates nothing', async () => {
    expect(await here.refusal(`create -f - ${bob()}`, { stdin: configMap('none') })).toBe(
      `Error from server (Forbidden): error when creating "STDIN": configmaps is forbidden: ${user()} cannot create resource "configmaps" in API group "" ${inside()}`,
    )
  })

  it('acts as nobody else', async () => {
    const token = await here.ok('create token bob')
    expect(await here.refusal(['get', 'pods', '--token', token, '--as=root'])).toContain(
      `pods is forbidden: ${user()} cannot impersonate-on:user-info:list resource "pods" in API group "" ${inside()}`,
    )
  })
})
