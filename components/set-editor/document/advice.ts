import type { CocoonSet, VMOptions } from '../../../lib/cocoon/crd.ts'
import { quantityValue } from '../../../lib/cocoon/quantity.ts'
import type { FieldProblem } from './check.ts'
import type { Path } from './path.ts'

function aboveLimit(path: Path, { resources }: VMOptions): FieldProblem[] {
  return Object.entries(resources?.requests ?? {}).flatMap(([name, request]) => {
    const asked = quantityValue(request)
    const most = quantityValue(resources?.limits?.[name])
    if (asked === null || most === null || asked <= most) return []
    const message = `is more than the limit (${String(resources?.limits?.[name])}): no pod can be made of it`
    return [{ path: [...path, 'resources', 'requests', name], message, severity: 'warning' as const }]
  })
}

/** Contract 6.1: a clone has the shape of its snapshot. */
function cloneSize(path: Path, options: VMOptions & { mode?: string }): FieldProblem[] {
  if (options.mode !== 'clone') return []
  const given: [Path, unknown][] = [
    [[...path, 'storage'], options.storage],
    [[...path, 'resources', 'limits', 'cpu'], options.resources?.limits?.cpu],
    [[...path, 'resources', 'limits', 'memory'], options.resources?.limits?.memory],
  ]
  const message = 'only reserves room: a clone keeps the size of its snapshot'
  return given.flatMap(([at, value]) =>
    value === undefined ? [] : [{ path: at, message, severity: 'warning' as const }],
  )
}

/** What the cluster takes, and what then is not as one may think. The set has its defaults. */
export function advice({ spec }: CocoonSet): FieldProblem[] {
  const agent = spec?.agent ?? {}
  const owners: [Path, VMOptions & { mode?: string }][] = [
    [['spec', 'agent'], agent],
    ...(spec?.toolboxes ?? []).map((toolbox, at): [Path, VMOptions & { mode?: string }] => [
      ['spec', 'toolboxes', at],
      toolbox,
    ]),
  ]
  return owners.flatMap(([path, options]) => aboveLimit(path, options).concat(cloneSize(path, options)))
}
