import type { Attributes } from './authorization.ts'

const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}
const OF_COLLECTIONS: Readonly<Record<string, string>> = { get: 'list', delete: 'deletecollection' }

/** What a request outside the API's resources asks for. */
export const pathAttributes = (verb: string, path: string): Attributes => ({
  verb,
  path,
  group: '',
  resource: '',
  subresource: '',
  namespace: '',
  name: '',
})

/** What a request asks for, by its path alone: for resources that another server knows. */
export function attributesOfPath(method: string, url: URL): Attributes {
  const [root, group = '', version, ...rest] = url.pathname.split('/').filter((step) => step !== '')
  if (root !== 'apis' || version === undefined || rest.length === 0) {
    return pathAttributes(method.toLowerCase(), url.pathname)
  }
  const scoped = rest[0] === 'namespaces' && rest.length > 2
  const namespace = scoped ? (rest[1] ?? '') : ''
  const [resource = '', name = '', subresource = ''] = scoped ? rest.slice(2) : rest
  const verb = VERBS[method] ?? method.toLowerCase()
  const ofAll = name === '' ? (OF_COLLECTIONS[verb] ?? verb) : verb
  const watches = ofAll === 'list' && ['true', '1', ''].includes(url.searchParams.get('watch') ?? 'false')
  return { verb: watches ? 'watch' : ofAll, group, resource, subresource, namespace, name, path: '' }
}
