import { describe, expect, it } from 'vitest'
import { sortedCauses } from './support/table.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('bad')

const object = (kind: string, rest: string, name = 'x') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\n${rest}\n`
const pod = (fields: string) => object('Pod', `spec: ${fields}`)
const created = (text: string) => `Error from server (${text}`
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const LABEL_VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

type Case = [what: string, manifest: string, complaint: readonly string[]]

const REFUSED: Case[] = [
  [
    'a name that is none',
    object('ConfigMap', '', 'Bad_Name'),
    [`The ConfigMap "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": ${SUBDOMAIN}`],
  ],
  [
    'no name',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {}',
    ['The ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required'],
  ],
  [
    'labels that are none',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, labels: {"a b": c, d: "e f"}}',
    [
      'The ConfigMap "x" is invalid:',
      `* metadata.labels: Invalid value: "a b": ${NAME_PART}`,
      `* metadata.labels: Invalid value: "e f": ${LABEL_VALUE}`,
    ],
  ],
  [
    'a number for a text',
    object('ConfigMap', 'data: {a: 1}'),
    [
      created(
        'BadRequest): error when creating "STDIN": ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
      ),
    ],
  ],
  [
    'a finalizer without a domain',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, finalizers: [nope]}',
    [
      'The ConfigMap "x" is invalid: metadata.finalizers[0]: Invalid value: "nope": name is neither a standard finalizer name nor is it fully qualified',
    ],
  ],
  [
    'an owner without uid',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, ownerReferences: [{apiVersion: v1, kind: Pod, name: a}]}',
    ['The ConfigMap "x" is invalid: metadata.ownerReferences.uid: Invalid value: "": must not be empty'],
  ],
  ['a pod without containers', pod('{}'), ['The Pod "x" is invalid: spec.containers: Required value']],
  [
    'a container without image',
    pod('{containers: [{name: a}]}'),
    ['The Pod "x" is invalid: spec.containers[0].image: Required value'],
  ],
  [
    'containers of one name and an unknown policy',
    pod('{containers: [{name: a, image: b}, {name: a, image: b}], restartPolicy: Maybe}'),
    [
      'The Pod "x" is invalid:',
      '* spec.containers[1].name: Duplicate value: "a"',
      '* spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"',
    ],
  ],
  [
    'fields that pods do not have',
    pod('{containers: [{name: a, image: b, imag: c}], nosuch: 1}'),
    [
      created(
        'BadRequest): error when creating "STDIN": Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].imag", unknown field "spec.nosuch"',
      ),
    ],
  ],
  [
    'a list for a text',
    pod('{containers: [{name: a, image: [b]}]}'),
    [
      created(
        'BadRequest): error when creating "STDIN": Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal array into Go struct field Container.spec.containers.image of type string',
      ),
    ],
  ],
  [
    'a quantity that is none',
    pod('{containers: [{name: a, image: b, resources: {limits: {cpu: lots}}}]}'),
    [
      created(
        `BadRequest): error when creating "STDIN": Pod in version "v1" cannot be handled as a Pod: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
      ),
    ],
  ],
  [
    'a request above its limit',
    pod('{containers: [{name: a, image: b, resources: {requests: {cpu: 2}, limits: {cpu: 1}}}]}'),
    [
      'The Pod "x" is invalid: spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    ],
  ],
  [
    'an account that is not there',
    pod('{serviceAccountName: ghost, containers: [{name: a, image: b}]}'),
    [
      created(
        `Forbidden): error when creating "STDIN": pods "x" is forbidden: error looking up service account ${here.name}/ghost: serviceaccount "ghost" not found`,
      ),
    ],
  ],
  [
    'a secret that is not base64',
    object('Secret', 'data: {a: "%%%"}'),
    [
      created(
        'BadRequest): error when creating "STDIN": Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 0',
      ),
    ],
  ],
  [
    'a role without groups and resources',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: x}\nrules: [{verbs: [get]}]',
    [
      'The Role "x" is invalid:',
      '* rules[0].apiGroups: Required value: resource rules must supply at least one api group',
      '* rules[0].resources: Required value: resource rules must supply at least one resource',
    ],
  ],
  [
    'a namespace that is there already',
    object('Namespace', '', 'default'),
    [created('AlreadyExists): error when creating "STDIN": namespaces "default" already exists')],
  ],
  [
    'a hibernation without pod',
    'apiVersion: cocoonset.cocoonstack.io/v1\nkind: CocoonHibernation\nmetadata: {name: x}\nspec: {desire: Sleep}',
    [
      'The CocoonHibernation "x" is invalid:',
      '* <nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
      '* spec.desire: Unsupported value: "Sleep": supported values: "Hibernate", "Wake"',
      '* spec.podRef: Required value',
    ],
  ],
  [
    'a hibernation named unlike its pod',
    'apiVersion: cocoonset.cocoonstack.io/v1\nkind: CocoonHibernation\nmetadata: {name: x}\nspec: {desire: Wake, podRef: {name: other}}',
    [
      created(
        'Forbidden): error when creating "STDIN": admission webhook "cocoonhibernations.validate.cocoonstack.io" denied the request: metadata.name "x" must equal spec.podRef.name "other"',
      ),
    ],
  ],
  [
    'a cocoon pod of nobody',
    pod(
      '{containers: [{name: a, image: b}], tolerations: [{key: virtual-kubelet.io/provider, operator: Exists}]}',
    ),
    [
      created(
        'Forbidden): error when creating "STDIN": admission webhook "pods.mutate.cocoonstack.io" denied the request: cocoon pods must be managed by a CocoonSet',
      ),
    ],
  ],
]

describe('a manifest', () => {
  it.concurrent.for(REFUSED)('that the server refuses: %s', async ([, manifest, complaint]) => {
    const said = sortedCauses(await here.refusal('create -f -', { stdin: manifest }))
    // Webhooks add advice after the rule.
    expect(said.map((line, at) => line.slice(0, complaint[at]?.length))).toEqual(complaint)
  })

  it('for a namespace that is not there', async () => {
    const manifest = object('ConfigMap', '')
    expect(await here.refusal('create -f - -n nowhere-at-all', { stdin: manifest })).toBe(
      'Error from server (NotFound): error when creating "STDIN": namespaces "nowhere-at-all" not found',
    )
  })

  it('changes nothing when it is refused', async () => {
    expect(await here.ok('get configmaps,pods,secrets,roles,cocoonhibernations -o name')).toBe(
      'configmap/kube-root-ca.crt',
    )
  })
})

describe('a generated name', () => {
  it('begins as wanted and ends at random', async () => {
    const stdin = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: gen-}'
    const names = [
      await here.ok('create -f - -o name', { stdin }),
      await here.ok('create -f - -o name', { stdin }),
    ]
    expect(names[0]).toMatch(/^configmap\/gen-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    expect(names[0]).not.toBe(names[1])
  })

  it('must begin as a name', async () => {
    const stdin = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: Gen_}'
    expect(await here.refusal('create -f -', { stdin })).toMatch(
      /^The ConfigMap "Gen_[a-z0-9]{5}" is invalid: \n\* metadata\.generateName: Invalid value: "Gen_": a lowercase RFC 1123 subdomain/,
    )
  })
})

describe('a namespace that is going', () => {
  it('takes nothing new', async () => {
    const name = `${here.name}-going`
    await here.ok(`create namespace ${name}`)
    await here.ok('wait --for=create serviceaccount/default --timeout=20s', { namespace: name })
    const held = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: held, finalizers: [example.com/hold]}'
    await here.ok('create -f -', { stdin: held, namespace: name })
    await here.ok(`delete namespace ${name} --wait=false`)
    expect(await here.refusal('create configmap late', { namespace: name })).toBe(
      `error: failed to create configmap: configmaps "late" is forbidden: unable to create new content in namespace ${name} because it is being terminated`,
    )
    expect(await here.ok(`get namespace ${name} --no-headers`)).toMatch(/Terminating/)
    await here.ok(['patch', 'configmap', 'held', '--type=merge', '-p', '{"metadata":{"finalizers":null}}'], {
      namespace: name,
    })
    await here.ok(`wait --for=delete namespace/${name} --timeout=60s`)
  })
})
