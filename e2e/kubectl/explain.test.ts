import { describe, expect, it } from 'vitest'
import { ok, refusal } from './support/kubectl.ts'

describe('kubectl explain', () => {
  it('tells the fields of a CocoonSet', async () => {
    const text = await ok('explain cocoonset')
    expect(text).toMatch(
      /^GROUP: {6}cocoonset\.cocoonstack\.io\nKIND: {7}CocoonSet\nVERSION: {4}v1\n\nDESCRIPTION:\n/,
    )
    expect(text).toMatch(/\n {2}apiVersion\t<string>\n {4}\w/)
    expect(text).toMatch(/\n {2}kind\t<string>\n/)
    expect(text).toMatch(/\n {2}metadata\t<ObjectMeta>\n/)
    expect(text).toMatch(/\n {2}spec\t<Object>\n/)
    expect(text).toMatch(/\n {2}status\t<Object>\n/)
  })

  it('tells all fields below', async () => {
    const fields = (await ok('explain cocoonset.spec.agent --recursive')).split('FIELDS:\n')[1]
    expect(fields?.trimEnd()).toBe(
      [
        '  backend\t<string>',
        '  enum: cloud-hypervisor, firecracker',
        '  connType\t<string>',
        '  enum: ssh, rdp, vnc, adb',
        '  envFrom\t<[]Object>',
        '    configMapRef\t<Object>',
        '      name\t<string>',
        '      optional\t<boolean>',
        '    prefix\t<string>',
        '    secretRef\t<Object>',
        '      name\t<string>',
        '      optional\t<boolean>',
        '  forcePull\t<boolean>',
        '  image\t<string> -required-',
        '  mode\t<string>',
        '  enum: clone, run',
        '  network\t<string>',
        '  noDirectIO\t<boolean>',
        '  os\t<string>',
        '  enum: linux, windows, android, macos',
        '  probePort\t<integer>',
        '  replicas\t<integer>',
        '  resources\t<Object>',
        '    claims\t<[]Object>',
        '      name\t<string> -required-',
        '      request\t<string>',
        '    limits\t<map[string]Object>',
        '    requests\t<map[string]Object>',
        '  serviceAccountName\t<string>',
        '  storage\t<Object>',
      ].join('\n'),
    )
  })

  it.concurrent.for<[path: string, head: RegExp]>([
    ['cocoonset.spec.agent.mode', /FIELD: mode <string>\nENUM:\n {4}clone\n {4}run\n/],
    ['cocoonset.spec.suspend', /FIELD: suspend <boolean>\n/],
    ['cocoonset.spec.toolboxes.vncPort', /FIELD: vncPort <integer>\n/],
    ['cocoonset.status.agents', /FIELD: agents <\[\]Object>\n/],
    ['ch.spec.podRef.name', /KIND: {7}CocoonHibernation\nVERSION: {4}v1\n\nFIELD: name <string>\n/],
    ['cocoonset.metadata.finalizers', /FIELD: finalizers <\[\]string>\n/],
    ['cs', /^KIND: {7}ComponentStatus\n/],
    ['pod', /^KIND: {7}Pod\nVERSION: {4}v1\n\nDESCRIPTION:\n(.*\n)*FIELDS:\n {2}apiVersion\t<string>\n/],
    ['pod.spec.containers', /FIELD: containers <\[\]Container>(.*\n)*FIELDS:\n {2}args\t<\[\]string>\n/],
    ['pod.spec.containers.image', /FIELD: image <string>\n/],
    ['pod.spec.nodeName', /FIELD: nodeName <string>\n/],
    ['node.status.allocatable', /FIELD: allocatable <map\[string\]Quantity>\n/],
    ['namespace', /^KIND: {7}Namespace\n/],
    ['events.involvedObject', /FIELD: involvedObject <ObjectReference>/],
    [
      'customresourcedefinition.spec.scope',
      /^GROUP: {6}apiextensions\.k8s\.io\nKIND: {7}CustomResourceDefinition\n/,
    ],
  ])('%s', async ([path, head]) => {
    expect(await ok(`explain ${path}`)).toMatch(head)
  })

  it.concurrent.for<[args: string, complaint: string]>([
    ['pod.spec.nosuch', 'error: field "nosuch" does not exist'],
    ['cocoonset.nosuch', 'error: field "nosuch" does not exist'],
    ['nosuch', 'the server doesn\'t have a resource type "nosuch"'],
    ['cocoonsets --api-version=v2', 'error: couldn\'t find resource for "/v2, Resource=cocoonsets"'],
  ])('refuses %s', async ([args, complaint]) => {
    expect(await refusal(`explain ${args}`)).toContain(complaint)
  })
})
