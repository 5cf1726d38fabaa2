import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { kubectl, ok, refusal, requestsTold, startKubectl } from './support/kubectl.ts'
import { cells } from './support/table.ts'

describe('kubectl version and cluster-info', () => {
  it('name the server', async () => {
    expect(await ok('version')).toMatch(
      /^Client Version: v1\.\d+.*\nKustomize Version: .*\nServer Version: v1\.36\.\d+/,
    )
    const { serverVersion } = JSON.parse(await ok('version -o json'))
    expect(serverVersion).toMatchObject({ major: '1', minor: '36', platform: 'linux/amd64' })
    // Colours are for people.
    expect(await ok('cluster-info')).toMatch(/Kubernetes control plane.* is running at .*https:\/\//)
  })
})

describe('kubectl api-versions', () => {
  it('lists the groups that a newcomer meets', async () => {
    expect((await ok('api-versions')).split('\n')).toEqual(
      expect.arrayContaining([
        'admissionregistration.k8s.io/v1',
        'apiextensions.k8s.io/v1',
        'apiregistration.k8s.io/v1',
        'apps/v1',
        'authentication.k8s.io/v1',
        'authorization.k8s.io/v1',
        'batch/v1',
        'cocoonset.cocoonstack.io/v1',
        'coordination.k8s.io/v1',
        'events.k8s.io/v1',
        'metrics.k8s.io/v1beta1',
        'policy/v1',
        'rbac.authorization.k8s.io/v1',
        'v1',
      ]),
    )
  })
})

const ALL = 'create,delete,deletecollection,get,list,patch,update,watch'

describe('kubectl api-resources', () => {
  it.concurrent.for<
    [
      name: string,
      short: string,
      version: string,
      namespaced: boolean,
      kind: string,
      verbs: string,
      categories: string,
    ]
  >([
    ['bindings', '', 'v1', true, 'Binding', 'create', ''],
    ['componentstatuses', 'cs', 'v1', false, 'ComponentStatus', 'get,list', ''],
    ['configmaps', 'cm', 'v1', true, 'ConfigMap', ALL, ''],
    ['endpoints', 'ep', 'v1', true, 'Endpoints', ALL, ''],
    ['events', 'ev', 'v1', true, 'Event', ALL, ''],
    ['limitranges', 'limits', 'v1', true, 'LimitRange', ALL, ''],
    ['namespaces', 'ns', 'v1', false, 'Namespace', 'create,delete,get,list,patch,update,watch', ''],
    ['nodes', 'no', 'v1', false, 'Node', ALL, ''],
    ['pods', 'po', 'v1', true, 'Pod', ALL, 'all'],
    ['resourcequotas', 'quota', 'v1', true, 'ResourceQuota', ALL, ''],
    ['secrets', '', 'v1', true, 'Secret', ALL, ''],
    ['serviceaccounts', 'sa', 'v1', true, 'ServiceAccount', ALL, ''],
    ['services', 'svc', 'v1', true, 'Service', ALL, 'all'],
    [
      'validatingwebhookconfigurations',
      '',
      'admissionregistration.k8s.io/v1',
      false,
      'ValidatingWebhookConfiguration',
      ALL,
      'api-extensions',
    ],
    [
      'customresourcedefinitions',
      'crd,crds',
      'apiextensions.k8s.io/v1',
      false,
      'CustomResourceDefinition',
      ALL,
      'api-extensions',
    ],
    ['apiservices', '', 'apiregistration.k8s.io/v1', false, 'APIService', ALL, 'api-extensions'],
    ['deployments', 'deploy', 'apps/v1', true, 'Deployment', ALL, 'all'],
    ['jobs', '', 'batch/v1', true, 'Job', ALL, 'all'],
    ['leases', '', 'coordination.k8s.io/v1', true, 'Lease', ALL, ''],
    ['selfsubjectreviews', '', 'authentication.k8s.io/v1', false, 'SelfSubjectReview', 'create', ''],
    [
      'localsubjectaccessreviews',
      '',
      'authorization.k8s.io/v1',
      true,
      'LocalSubjectAccessReview',
      'create',
      '',
    ],
    ['poddisruptionbudgets', 'pdb', 'policy/v1', true, 'PodDisruptionBudget', ALL, ''],
    ['clusterroles', '', 'rbac.authorization.k8s.io/v1', false, 'ClusterRole', ALL, ''],
    [
      'cocoonsets',
      'cs,cocoonsets',
      'cocoonset.cocoonstack.io/v1',
      true,
      'CocoonSet',
      'delete,deletecollection,get,list,patch,create,update,watch',
      'cocoon',
    ],
    [
      'cocoonhibernations',
      'ch,cocoonhibernations',
      'cocoonset.cocoonstack.io/v1',
      true,
      'CocoonHibernation',
      'delete,deletecollection,get,list,patch,create,update,watch',
      'cocoon',
    ],
  ])('lists %s', async ([name, short, version, namespaced, kind, verbs, categories]) => {
    const table = await wide
    const row = table.split('\n').find((line) => new RegExp(`^${name} .* ${version} `).test(line)) ?? ''
    const expected = [name, short, version, String(namespaced), kind, verbs, categories].filter(Boolean)
    expect(row.split(/\s+/).filter(Boolean)).toEqual(expected)
  })
  const wide = ok('api-resources -o wide')

  it.concurrent.for<[filter: string, names: readonly string[]]>([
    [
      '--api-group=cocoonset.cocoonstack.io',
      ['cocoonhibernations.cocoonset.cocoonstack.io', 'cocoonsets.cocoonset.cocoonstack.io'],
    ],
    [
      '--categories=cocoon',
      ['cocoonhibernations.cocoonset.cocoonstack.io', 'cocoonsets.cocoonset.cocoonstack.io'],
    ],
    ['--api-group=metrics.k8s.io', ['nodes.metrics.k8s.io', 'pods.metrics.k8s.io']],
    ['--api-group=apiregistration.k8s.io', ['apiservices.apiregistration.k8s.io']],
  ])('%s', async ([filter, names]) => {
    expect((await ok(`api-resources -o name ${filter}`)).split('\n').sort()).toEqual(names)
  })

  it('tells what is namespaced', async () => {
    const inside = (await ok('api-resources --namespaced=true -o name')).split('\n')
    const outside = (await ok('api-resources --namespaced=false -o name')).split('\n')
    expect(inside).toEqual(expect.arrayContaining(['pods', 'cocoonsets.cocoonset.cocoonstack.io']))
    expect(outside).toEqual(expect.arrayContaining(['nodes', 'namespaces']))
    expect(inside.filter((name) => outside.includes(name))).toEqual([])
  })

  it('asks two documents only', async () => {
    const { stderr } = await kubectl('api-resources -o name -v=6')
    expect(requestsTold(stderr).map((path) => path.split('?')[0])).toEqual(['/api', '/apis'])
  })
})

describe('kubectl get --raw', () => {
  it.concurrent.for<[path: string, text: RegExp]>([
    ['/healthz', /^ok$/],
    ['/livez', /^ok$/],
    ['/readyz', /^ok$/],
    ['/readyz?verbose', /^\[\+\]ping ok\n(.*\n)*readyz check passed$/],
    ['/version', /"gitVersion": "v1\.36\./],
    ['/', /"paths": \[\n {4}"/],
    ['/api', /"kind":"APIVersions","versions":\["v1"\]/],
    ['/apis', /"kind":"APIGroupList"/],
    ['/apis/cocoonset.cocoonstack.io', /"kind":"APIGroup"/],
    ['/apis/cocoonset.cocoonstack.io/v1', /"kind":"APIResourceList"/],
    [
      '/openapi/v3',
      /"apis\/cocoonset\.cocoonstack\.io\/v1":\{"serverRelativeURL":"\/openapi\/v3\/apis\/cocoonset\.cocoonstack\.io\/v1\?hash=[0-9A-F]{128}"\}/,
    ],
    ['/openapi/v2', /"swagger":"2\.0"/],
    ['/api/v1/namespaces/default', /"kind":"Namespace"/],
  ])('%s', async ([path, text]) => {
    expect(await ok(`get --raw ${path}`)).toMatch(text)
  })

  it.concurrent.for<[path: string, complaint: string]>([
    ['/nope', 'Error from server (NotFound): the server could not find the requested resource'],
    [
      '/apis/nope.io/v1/things',
      'Error from server (NotFound): the server could not find the requested resource',
    ],
    ['/api/v1/namespaces/default/pods/zz', 'Error from server (NotFound): pods "zz" not found'],
  ])('refuses %s', async ([path, complaint]) => {
    expect(await refusal(`get --raw ${path}`)).toBe(complaint)
  })
})

describe('kubectl proxy', () => {
  it('lends its credentials to plain HTTP', async () => {
    const proxy = startKubectl('proxy --port=0')
    onTestFinished(async () => {
      await proxy.stop()
    })
    const port = await vi.waitFor(
      () => {
        const found = /127\.0\.0\.1:(\d+)/.exec(proxy.stdout())
        if (!found) throw new Error(`it does not say where it listens: ${proxy.stderr()}`)
        return found[1]
      },
      { timeout: 20_000 },
    )
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/namespaces/default`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ kind: 'Namespace', metadata: { name: 'default' } })
  })
})

describe('a node', () => {
  it('is there', async () => {
    const [header, first] = cells(await ok('get nodes'))
    expect(header).toEqual(['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'])
    expect(first?.slice(1, 3)).toEqual(['Ready', 'cocoon-vm'])
  })
})
