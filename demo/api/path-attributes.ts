import type { Attributes } from './authorization.ts'
import type { Target } from './request-target.ts'

const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}
const OF_COLLECTIONS: Readonly<Record<string, string>> = { get: 'list', delete: 'deletecollection' }
const OF_NAMESPACES = new Set(['status', 'finalize'])

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

/** Whether a parameter is true to the original, which takes every word but two for yes. */
export const isTrue = (value: string | null) => value !== null && value !== 'false' && value !== '0'

/** The one name that a field selector leaves; '' when it leaves several. */
function selectedName(selector: string): string {
  const terms = selector.split(',').map((term) => /^metadata\.name==?([^=!]+)$/.exec(term)?.[1])
  return terms.find((name) => name !== undefined) ?? ''
}

/**
 * What a request asks for, by its path alone: whether there is such a resource does not matter, since nobody may
 * learn that who may not ask for it.
 */
export function attributesOfPath(method: string, { pathname, searchParams }: Target): Attributes {
  const steps = pathname.split('/').slice(1)
  if (steps.at(-1) === '') steps.pop()
  const core = steps[0] === 'api'
  const rest = steps.slice(core ? 2 : 3)
  if ((!core && steps[0] !== 'apis') || rest.length === 0)
    return pathAttributes(method.toLowerCase(), pathname)
  const legacyWatch = rest[0] === 'watch' && rest.length > 1
  if (legacyWatch) rest.shift()
  // namespaces/x/pods is about pods, namespaces/x and namespaces/x/status about the namespace itself.
  const within = rest[0] === 'namespaces' && rest.length > 1
  const scoped = within && rest.length > 2 && !OF_NAMESPACES.has(rest[2] ?? '')
  const namespace = within ? (rest[1] ?? '') : ''
  const [resource = '', name = '', subresource = ''] = scoped ? rest.slice(2) : rest
  const verb = VERBS[method] ?? ''
  const ofAll = name === '' ? (OF_COLLECTIONS[verb] ?? verb) : verb
  const watches = legacyWatch || (ofAll === 'list' && isTrue(searchParams.get('watch')))
  const ofMany = name === '' && (ofAll === 'list' || ofAll === 'deletecollection')
  return {
    verb: watches ? 'watch' : ofAll,
    group: core ? '' : (steps[1] ?? ''),
    resource,
    subresource,
    namespace,
    // Who may see one object may list it, if he asks for it alone.
    name: ofMany ? selectedName(searchParams.get('fieldSelector') ?? '') : name,
    path: '',
  }
}
